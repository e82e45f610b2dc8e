import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { RunOptions } from "../../../runners/run-options.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { answered, approved, type Variant } from "./approval-runbooks.ts";

const test = suite("an approval");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

async function digestAsked(story: Awaited<ReturnType<RunFixture["run"]>>): Promise<string> {
  const question = ofType(story.events, "asked").at(-1)?.question;
  if (question?.kind !== "approval") throw new Error("no approval was asked for");
  return question.digest;
}

const roles: Partial<RunOptions> = { roles: { "release-manager": ["bo", "eva"] } };

test("is for exactly what follows, up to the next approval, and for who holds the role", async () => {
  const story = await project.run(approved(), roles);
  assert.is(story.exitCode, 75);
  assert.is(story.step, "go");
  const question = ofType(story.events, "asked")[0]?.question;
  if (question?.kind !== "approval") throw new Error("no approval was asked for");
  assert.equal(
    question.covers.map(({ step: id, command }) => [id, command]),
    [
      ["one", "echo one >> effects"],
      ["two", "echo two >> effects; test -e mended"],
    ],
  );
  assert.equal(project.effects(), ["before"]);
  await project.answer("go", { say: "approve", digest: question.digest }, "mallory");
  const refused = await project.resume(approved(), roles);
  assert.is(refused.exitCode, 75);
  assert.match(ofType(refused.events, "noted")[0]?.text ?? "", "mallory is no release-manager");
  await project.answer("go", { say: "approve", digest: question.digest }, "bo");
  project.write("mended", "");
  const went = await project.resume(approved(), roles);
  assert.is(went.step, "more");
  assert.equal(project.effects(), ["before", "one", "two"]);
});

const voiding: readonly (readonly [string, Variant])[] = [
  ["the command of a step", { command: "uno" }],
  ["the undo of a step", { undo: "undo-uno" }],
  ["the undo of the section", { sectionUndo: "undo-it-all" }],
  ["the bound of a guard", { bound: 50 }],
  ["the query of a guard's measurement", { query: "rate2" }],
  ["what a guard does when it trips", { onTrip: "stop" }],
  ["a step that comes in between", { extra: true }],
];
for (const [what, variant] of voiding)
  test(`is void when this changes: ${what}`, async () => {
    const story = await project.run(approved(), roles);
    await project.answer("go", { say: "approve", digest: await digestAsked(story) });
    const changed = await project.resume(approved(variant), { ...roles, acceptChanges: true });
    assert.is(changed.exitCode, 75);
    assert.is(changed.step, "go");
    assert.match(ofType(changed.events, "noted")[0]?.text ?? "", "has changed since");
    assert.equal(project.effects(), ["before"]);
  });

test("is void when what a guard's own answer does changes", async () => {
  const story = await project.run(approved({ onTrip: "mend-one-way" }), roles);
  await project.answer("go", { say: "approve", digest: await digestAsked(story) });
  const changed = await project.resume(approved({ onTrip: "mend-another-way" }), { ...roles, acceptChanges: true });
  assert.is(changed.step, "go");
});

for (const [what, answering] of [
  ["section", (command: string) => answered({ section: command })],
  ["runbook", (command: string) => answered({ runbook: command })],
  ["included runbook", (command: string) => answered({ included: command })],
] as const)
  test(`is void when what answers a failure of its ${what} changes`, async () => {
    const story = await project.run(answering("mend"), roles);
    await project.answer("go", { say: "approve", digest: await digestAsked(story) });
    const changed = await project.resume(answering("harm"), { ...roles, acceptChanges: true });
    assert.is(changed.exitCode, 75);
    assert.is(changed.step, "go");
    assert.match(ofType(changed.events, "noted")[0]?.text ?? "", "has changed since");
  });

test("is void when a parameter changes, also one that only a variable uses", async () => {
  const story = await project.run(approved(), { ...roles, values: { region: "eu" } });
  await project.answer("go", { say: "approve", digest: await digestAsked(story) });
  const plan = project.plan(approved(), { region: "us" });
  const changed = await project.resume(plan, { ...roles, acceptChanges: true });
  assert.is(changed.step, "go");
});

test("stands when only words change, or what another approval covers", async () => {
  for (const variant of [{ title: "Do it, please" }, { after: "later" }]) {
    const fresh = createRunFixture();
    try {
      fresh.write("rate", "0\n");
      fresh.write("mended", "");
      const story = await fresh.run(approved(), roles);
      await fresh.answer("go", { say: "approve", digest: await digestAsked(story) });
      const changed = await fresh.resume(approved(variant), { ...roles, acceptChanges: true });
      assert.is(changed.step, "more");
    } finally {
      await fresh.clean();
    }
  }
});

for (const [what, variant] of voiding)
  test(`that was given and used is asked for again before a change runs: ${what}`, async () => {
    const story = await project.run(approved(), roles);
    await project.answer("go", { say: "approve", digest: await digestAsked(story) });
    const failed = await project.resume(approved(), roles);
    assert.is(failed.step, "two");
    assert.equal(outcomesOf(failed.events, "go"), ["ok"]);
    project.write("mended", "");
    const changed = await project.resume(approved(variant), { ...roles, acceptChanges: true });
    assert.is(changed.exitCode, 75);
    assert.is(changed.step, "go");
    assert.match(JSON.stringify(changed.events), "void: what it approved has changed since");
    await project.answer("go", { say: "approve", digest: await digestAsked(changed) });
    assert.is((await project.resume(approved(variant), { ...roles, acceptChanges: true })).step, "more");
  });

test("that is asked for again says which of its steps are done", async () => {
  const remarks = ({ events }: Awaited<ReturnType<RunFixture["run"]>>) => {
    const question = ofType(events, "asked").at(-1)?.question;
    return question?.kind === "approval" ? question.covers.map(({ step: id, remark }) => [id, remark]) : [];
  };
  const story = await project.run(approved(), roles);
  assert.equal(remarks(story), [
    ["one", undefined],
    ["two", undefined],
  ]);
  await project.answer("go", { say: "approve", digest: await digestAsked(story) });
  await project.resume(approved(), roles);
  const [, edited = {}] = voiding[0] ?? [];
  assert.equal(remarks(await project.resume(approved(edited), { ...roles, acceptChanges: true })), [
    ["one", "done already"],
    ["two", undefined],
  ]);
});

test("needs as many people as it says, and counts nobody twice", async () => {
  const two = approved({ quorum: 2 });
  project.write("mended", "");
  const run = project.start(two, { ...roles, prompter: { ask: () => new Promise(() => {}) } });
  const asked = await run.waitFor(({ type }) => type === "asked");
  if (asked.type !== "asked" || asked.question.kind !== "approval") throw new Error("no approval was asked for");
  const { digest } = asked.question;
  await project.answer("go", { say: "approve", digest }, "bo");
  await project.answer("go", { say: "approve", digest }, "bo");
  await run.waitFor((event) => event.type === "noted" && event.text.includes("approved already"));
  assert.equal(project.effects(), ["before"]);
  await project.answer("go", { say: "approve", digest: "0".repeat(64) }, "eva");
  await run.waitFor((event) => event.type === "noted" && event.text.includes("has changed since"));
  await project.answer("go", { say: "tick", items: [1] }, "eva");
  await run.waitFor((event) => event.type === "noted" && event.text.includes("answers no approval"));
  await project.answer("go", { say: "approve", digest }, "eva");
  await run.waitFor((event) => event.type === "asked" && event.question.step === "more");
  assert.equal(project.effects(), ["before", "one", "two"]);
  const folder = await project.folder();
  const { readInbox } = await import("../../../runners/store/inbox.ts");
  assert.equal(await readInbox(folder), []);
  await project.answer("more", { say: "refuse", reason: "it is late" }, "eva");
  const story = await run.story;
  assert.is(story.exitCode, 3);
  assert.match(story.message ?? "", "eva");
});

test("of two people counts across suspensions", async () => {
  const two = approved({ quorum: 2 });
  project.write("mended", "");
  const digest = await digestAsked(await project.run(two, roles));
  await project.answer("go", { say: "approve", digest }, "bo");
  const half = await project.resume(two, roles);
  assert.is(half.exitCode, 75);
  const question = ofType(half.events, "asked").at(-1)?.question;
  assert.equal(question?.kind === "approval" && question.approved, ["bo"]);
  await project.answer("go", { say: "approve", digest }, "bo");
  assert.is((await project.resume(two, roles)).exitCode, 75);
  await project.answer("go", { say: "approve", digest }, "eva");
  assert.is((await project.resume(two, roles)).step, "more");
});

test("several that wait in the inbox are all read", async () => {
  const two = approved({ quorum: 2 });
  project.write("mended", "");
  const digest = await digestAsked(await project.run(two, roles));
  await project.answer("go", { say: "approve", digest }, "bo");
  await project.answer("go", { say: "approve", digest }, "eva");
  assert.is((await project.resume(two, roles)).step, "more");
});

test("that an edit made void does not come back when the edit is taken back", async () => {
  const story = await project.run(approved(), roles);
  await project.answer("go", { say: "approve", digest: await digestAsked(story) });
  assert.is((await project.resume(approved(), roles)).step, "two");
  project.write("mended", "");
  const accepted = { ...roles, acceptChanges: true };
  assert.is((await project.resume(approved({ command: "uno" }), accepted)).step, "go");
  const back = await project.resume(approved(), accepted);
  assert.is(back.exitCode, 75);
  assert.is(back.step, "go");
  await project.answer("go", { say: "approve", digest: await digestAsked(back) });
  assert.is((await project.resume(approved(), accepted)).step, "more");
});

test("by one of two people does not come back either", async () => {
  const digest = await digestAsked(await project.run(approved({ quorum: 2 }), roles));
  await project.answer("go", { say: "approve", digest }, "bo");
  assert.is((await project.resume(approved({ quorum: 2 }), roles)).step, "go");
  const accepted = { ...roles, acceptChanges: true };
  await project.resume(approved({ quorum: 2, command: "uno" }), accepted);
  const back = await project.resume(approved({ quorum: 2 }), accepted);
  const question = ofType(back.events, "asked").at(-1)?.question;
  assert.equal(question?.kind === "approval" && question.approved, []);
  await project.answer("go", { say: "approve", digest }, "eva");
  assert.is((await project.resume(approved({ quorum: 2 }), roles)).step, "go");
});

test("refused, declines the run, which can be resumed, and asks again", async () => {
  await project.run(approved(), roles);
  await project.answer("go", { say: "refuse", reason: "not today" });
  const refused = await project.resume(approved(), roles);
  assert.is(refused.exitCode, 3);
  assert.is(refused.state, "declined");
  assert.match(refused.message ?? "", "not today");
  assert.is((await project.resume(approved(), roles)).exitCode, 75);
  assert.equal(project.effects(), ["before"]);
});

test("approving runs nothing by itself", async () => {
  const digest = await digestAsked(await project.run(approved(), roles));
  await project.answer("go", { say: "approve", digest });
  assert.equal(project.effects(), ["before"]);
});

test.run();
