import { existsSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { approval, notNeeded, param, runbook, sh, step, when } from "../../../dsl/index.ts";
import { processIdentity } from "../../../runners/processes/process-identity.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("invariants of a run");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const writing = runbook({ id: "writing", title: "Writing" }, () => [
  step("write", "Write", sh`echo write >> effects`, { undo }),
  step("after", "Go on", sh`echo after >> effects`, { undo }),
]);

/** A run whose lockstep died after `started`; the folder of its attempt holds these files. */
async function crashedWith(files: Readonly<Record<string, string>>): Promise<void> {
  await project.crash(writing);
  const { path } = await project.folder();
  for (const [name, text] of Object.entries(files))
    project.write(join(path.slice(project.root.length + 1), "attempts", "write.1", name), text);
}

const me = { ...processIdentity(), kind: "session", startedAt: "2024-05-01T10:00:00.000Z" };

for (const [what, files] of [
  ["an empty begun", { begun: "" }],
  ["a torn begun", { begun: '{"pid":12' }],
  ["a begun whose process is gone", { begun: `${JSON.stringify({ ...me, pid: 4_194_304 })}\n`, status: "    " }],
  ["a pid that another process has by now", { begun: `${JSON.stringify({ ...me, startTime: "1" })}\n` }],
  ["a process of another boot", { begun: `${JSON.stringify({ ...me, boot: "another" })}\n` }],
  ["a status that is not complete", { begun: `${JSON.stringify({ ...me, pid: 4_194_304 })}\n`, status: "0" }],
] as const)
  test(`2, 3: ${what} means that it began, and nobody knows how it ended: it is not run again`, async () => {
    await crashedWith(files);
    const story = await project.resume(writing);
    assert.is(story.exitCode, 75);
    assert.equal(outcomesOf(story.events, "write"), ["unknown"]);
    assert.equal(project.effects(), []);
  });

for (const [exitCode, outcome] of [
  [0, "ok"],
  [7, "failed"],
] as const)
  test(`10: if finished could not be written, status holds the outcome: ${outcome}`, async () => {
    await crashedWith({ begun: `${JSON.stringify({ ...me, pid: 4_194_304 })}\n`, status: `${exitCode}\n` });
    const story = await project.resume(writing);
    assert.is(story.exitCode, exitCode === 0 ? 0 : 1);
    assert.equal(outcomesOf(story.events, "write"), [outcome]);
    assert.equal(project.effects(), exitCode === 0 ? ["after"] : []);
  });

test("2: without a begun it never began, and runs as a new attempt", async () => {
  await crashedWith({});
  const story = await project.resume(writing);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["write", "after"]);
  assert.ok(existsSync(join((await project.folder()).attemptFolder("write", 1), "begun")), "the first one is claimed");
});

test("4: what is done never runs again, and who made an exception stands in the journal", async () => {
  assert.is((await project.run(writing)).exitCode, 0);
  const error = await project.resume(writing).then(
    () => undefined,
    (thrown: { code: string }) => thrown,
  );
  assert.is(error?.code, "run-ended");
  assert.equal(project.effects(), ["write", "after"]);
});

test("12: whatever a person was told is in the journal, in the same order", async () => {
  const source = runbook({ id: "told", title: "Told", params: { deep: param.boolean({ default: false }) } }, (p) => [
    step("ok", "Work", sh`echo something`, { undo }),
    when(p.deep, [step("deep", "Deep", sh`true`, { undo })]),
    approval("go", "Go on", { by: ["me"] }),
    step("fail", "Fail", sh.read`false`),
  ]);
  const answers = ["later", "now"];
  const heard = [];
  for (const when of answers) {
    const story = await (when === "later"
      ? project.run(source)
      : project.resume(source, {
          mode: "interactive",
          prompter: {
            ask: async (question) =>
              question.kind === "approval" ? { say: "approve", digest: question.digest } : { say: "stop" },
          },
        }));
    heard.push(...story.events.filter(({ type }) => type !== "output" && type !== "tick"));
    assert.is(story.exitCode, when === "later" ? 75 : 3);
  }
  const kept = (await project.journal()).map((line) => {
    const { v, seq, mono, prev, self, ...event } = line as unknown as Record<string, unknown>;
    return [event, [v, seq, mono, prev, self]][0];
  });
  assert.equal(kept, JSON.parse(JSON.stringify(heard)));
  assert.ok(ofType(heard, "asked").length === 3 && ofType(heard, "answered").length === 2);
});

test.run();
