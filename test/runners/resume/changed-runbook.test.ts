import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  above,
  type Block,
  below,
  is,
  notNeeded,
  output,
  param,
  repeat,
  runbook,
  seconds,
  section,
  sh,
  step,
  text,
  when,
} from "../../../dsl/index.ts";
import { scriptedPrompter } from "../../../runners/testing/index.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("a runbook that changed while its run was stopped");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string, title = `Append ${id}`) => step(id, title, sh`echo ${id} >> effects`, { undo });
const mend = () => step("mend", "Fail until it is mended", sh`test -e mended`, { undo });
const of = (...blocks: readonly Block[]) => runbook({ id: "changing", title: "Changing" }, () => blocks);

async function stopped(...blocks: readonly Block[]): Promise<void> {
  assert.is((await project.run(of(...blocks))).exitCode, 1);
  project.write("mended", "");
}

test("a new wording disturbs nothing", async () => {
  await stopped(append("a"), mend(), append("b"));
  const story = await project.resume(
    of(section("now-in", "Now in a section", [append("a", "Another title"), mend(), append("b", "Better")])),
  );
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "b"]);
  assert.equal(ofType(story.events, "changes-accepted"), []);
});

const later = (options: object, command = sh`echo later >> effects`) =>
  step("later", "Later", command, { undo, ...options });
const edits: readonly (readonly [string, Block, Block])[] = [
  ["its command", later({}), later({}, sh`echo other >> effects`)],
  ["its variables", later({ env: { A: "1" } }), later({ env: { A: "2" } })],
  ["its folder", later({}), later({ cwd: "sub" })],
  ["what is expected", later({ expect: "a" }), later({ expect: "b" })],
  ["its time-out", later({ timeout: seconds(1) }), later({ timeout: seconds(9) })],
  ["its retry", later({}), later({ retry: { attempts: 2, every: seconds(1) } })],
  [
    "the variables of its section",
    section("s", "S", { env: { A: "1" } }, [later({})]),
    section("s", "S", { env: { A: "2" } }, [later({})]),
  ],
];
for (const [what, before, now] of edits)
  test(`${what} changed: it is shown, and nothing runs before somebody decided`, async () => {
    await stopped(append("a"), mend(), before);
    const story = await project.resume(of(append("a"), mend(), now));
    assert.is(story.exitCode, 75);
    assert.is(story.state, "suspended");
    assert.equal(
      story.changes?.map(({ step: id, change, done }) => [id, change, done]),
      [["later", "edited", false]],
    );
    const [change] = story.changes ?? [];
    assert.is.not(change?.before, change?.after);
    assert.equal(project.effects(), ["a"]);
    assert.equal(ofType(story.events, "started"), []);
  });

test("a condition changed", async () => {
  const conditional = (flag: "x" | "y") =>
    runbook({ id: "changing", title: "Changing", params: { way: param.oneOf(["x", "y"], { default: "x" }) } }, (p) => [
      mend(),
      when(is(p.way, flag), [append("b")]),
    ]);
  assert.is((await project.run(conditional("x"))).exitCode, 1);
  const story = await project.resume(conditional("y"));
  assert.equal(
    story.changes?.map(({ step: id, change }) => [id, change]),
    [["b", "edited"]],
  );
});

test("how long a repeat goes on changed", async () => {
  const repeating = (limit: number, bound: number) => {
    const count = step("count", "Count", sh.read`echo 0`, { outputs: { left: output.integer() } });
    return of(
      mend(),
      repeat("drain", "Drain", { limit, every: seconds(0) }, () => ({
        body: [count],
        until: below(count.outputs.left, bound),
      })),
    );
  };
  assert.is((await project.run(repeating(3, 1))).exitCode, 1);
  project.write("mended", "");
  const story = await project.resume(repeating(3, 2));
  assert.is(story.exitCode, 75);
  assert.equal(
    story.changes?.map(({ step: id, change }) => [id, change]),
    [["drain", "edited"]],
  );
  assert.is.not(story.changes?.[0]?.before, story.changes?.[0]?.after);
});

const drained = (command: string, passes: number) => {
  const count = step("count", "Count", sh`echo pass >> effects; echo ${command} > /dev/null; wc -l < effects`, {
    undo,
    outputs: { passes: output.integer() },
  });
  return [
    repeat("drain", "Drain", { limit: 2, every: seconds(0) }, () => ({
      body: [count],
      until: below(count.outputs.passes, passes),
    })),
  ];
};

test("a step of a repeat that is over is done, and its last pass can run again", async () => {
  await stopped(...drained("a", 9), mend());
  const [change] = (await project.resume(of(...drained("b", 9), mend()))).changes ?? [];
  assert.equal([change?.step, change?.done, change?.mayRunAgain, change?.pass], ["count", true, true, "count[1]"]);
});

test("a step of a repeat that is not over is not done: its next pass is as edited", async () => {
  assert.is((await project.run(of(...drained("a", 0)))).exitCode, 1);
  const [change] = (await project.resume(of(...drained("b", 0)))).changes ?? [];
  assert.equal([change?.step, change?.done], ["count", false]);
});

/** Stops in its second pass, after `count` of that is done. */
const halfway = (command: string) => {
  const count = step("count", "Count", sh`echo ${command} >> effects; wc -l < effects`, {
    undo,
    outputs: { passes: output.integer() },
  });
  const wait = step("wait", "Fail in the second pass", sh`test -e mended || test $(wc -l < effects) -lt 2`, { undo });
  return of(
    repeat("drain", "Drain", { limit: 5, every: seconds(0) }, () => ({
      body: [count, wait],
      until: above(count.outputs.passes, 2),
    })),
  );
};

for (const [says, effects] of [
  [undefined, ["a", "a", "b"]],
  ["count[2]", ["a", "a", "b"]],
] as const)
  test(`a step that is done in the pass that runs is kept, or runs again: ${says ?? "kept"}`, async () => {
    assert.is((await project.run(halfway("a"))).step, "wait[2]");
    project.write("mended", "");
    const again = says === undefined ? {} : { again: [says] };
    const prompter = scriptedPrompter({ changed: { say: "accept", ...again } });
    const story = await project.resume(halfway("b"), { prompter });
    assert.is(story.exitCode, 0, story.message);
    const [question] = prompter.asked;
    const [change] = question?.kind === "changed" ? question.changes : [];
    assert.equal([change?.step, change?.pass, change?.done, change?.mayRunAgain], ["count", "count[2]", false, true]);
    assert.equal(project.effects(), effects);
    const started = ofType(story.events, "started").map((event) => event.step);
    assert.equal(started.slice(0, 2), says === undefined ? ["wait[2]", "count[3]"] : ["count[2]", "wait[2]"]);
  });

test("a value changed", async () => {
  const valued = runbook({ id: "valued", title: "Valued", params: { version: param.string() } }, (p) => [
    mend(),
    step("use", text`Use ${p.version}`, sh`echo ${p.version} >> effects`, { undo }),
  ]);
  assert.is((await project.run(valued, { values: { version: "v1" } })).exitCode, 1);
  project.write("mended", "");
  const story = await project.resume(valued, { values: { version: "v2" } });
  assert.is(story.exitCode, 75);
  assert.match(JSON.stringify(story.changes), "v1");
  assert.match(JSON.stringify(story.changes), "v2");
  assert.equal(project.effects(), []);
  const accepted = await project.resume(valued, { values: { version: "v2" }, acceptChanges: true });
  assert.is(accepted.exitCode, 0);
  assert.equal(project.effects(), ["v2"]);
});

test("inserted, removed and moved steps are shown; accepted, each runs in its turn and what is done stays done", async () => {
  await stopped(append("a"), append("b"), mend(), append("c"), append("d"), append("e"));
  const now = of(append("new-first"), append("b"), append("a"), mend(), append("d"), append("new-last"), append("e"));
  const shown = await project.resume(now);
  assert.is(shown.exitCode, 75);
  assert.equal(
    (shown.changes ?? []).map(({ step: id, change, done }) => `${id} ${change}${done ? " done" : ""}`).sort(),
    ["b moved done", "c removed", "new-first inserted", "new-last inserted"],
  );
  const accepted = await project.resume(now, { acceptChanges: true, by: { user: "alice", host: "here" } });
  assert.is(accepted.exitCode, 0, accepted.message);
  assert.equal(project.effects(), ["a", "b", "new-first", "d", "new-last", "e"]);
  assert.is(ofType(accepted.events, "changes-accepted")[0]?.by.user, "alice");
});

test("an edited step that is done stays done", async () => {
  await stopped(append("a"), mend());
  const now = of(step("a", "Append a", sh`echo again >> effects`, { undo }), mend());
  assert.equal(
    (await project.resume(now)).changes?.map(({ step: id, done }) => [id, done]),
    [["a", true]],
  );
  assert.is((await project.resume(now, { acceptChanges: true })).exitCode, 0);
  assert.equal(project.effects(), ["a"]);
});

test("once accepted they are not asked for again", async () => {
  assert.is((await project.run(of(append("a"), mend()))).exitCode, 1);
  const now = of(append("a"), mend(), append("b"));
  assert.is((await project.resume(now, { acceptChanges: true })).exitCode, 1);
  project.write("mended", "");
  const story = await project.resume(now);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["a", "b"]);
});

test("they can be accepted from elsewhere", async () => {
  await stopped(append("a"), mend());
  const now = of(append("a"), mend(), append("b"));
  assert.is((await project.resume(now)).exitCode, 75);
  await project.answer("runbook", { say: "accept" }, "alice");
  const story = await project.resume(now);
  assert.is(story.exitCode, 0, story.message);
  assert.is(ofType(story.events, "changes-accepted")[0]?.by.user, "alice");
});

test("an accepted plan that was only half written before a crash is written again", async () => {
  await stopped(append("a"), mend());
  const now = project.plan(of(append("a"), mend(), append("b")));
  const { createHash } = await import("node:crypto");
  const full = `${JSON.stringify(now)}\n`;
  const hash = createHash("sha256").update(full).digest("hex");
  const { path } = await project.folder();
  project.write(`${path.slice(project.root.length + 1)}/plan-${hash.slice(0, 12)}.json`, full.slice(0, 100));
  assert.is((await project.resume(now, { acceptChanges: true })).exitCode, 0);
  const { readPlan } = await import("../../../runners/engine/plan-file.ts");
  const changed = (await project.journal()).find((event) => event.type === "plan-changed");
  assert.ok(changed?.type === "plan-changed");
  assert.is((await readPlan(await project.folder(), changed.plan)).digest, now.digest);
});

test("without the runbook the run goes on with the plan that it was made with", async () => {
  await stopped(append("a"), mend(), append("b"));
  assert.is((await project.resume()).exitCode, 0);
  assert.equal(project.effects(), ["a", "b"]);
});

test.run();
