import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  type AnyRunbook,
  type Block,
  ifCreated,
  irreversible,
  runbook,
  seconds,
  sh,
  step,
  undoBy,
} from "../../../dsl/index.ts";
import { killAttempts } from "../../support/kill-attempts.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { fail, write } from "./rollback-runbooks.ts";

const test = suite("what a rollback decides, and what it asks");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const book = (...blocks: readonly Block[]): AnyRunbook => runbook({ id: "r", title: "R" }, () => blocks);

/** Fails after it had its effect. */
const halfDone = (idempotent: boolean) =>
  book(
    write("one"),
    step("two", "Do two", sh`echo two >> effects; false`, {
      undo: undoBy("Take two back", sh`echo undo-two >> effects`, { idempotent }),
    }),
  );

test("a failed write with an idempotent undo is undone", async () => {
  assert.is((await project.run(halfDone(true))).exitCode, 1);
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["one", "two", "undo-two", "undo-one"]);
});

test("about a failed write with another undo a person is asked; without one it stops there, and names it", async () => {
  await project.run(halfDone(false));
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:two");
  const [asked] = ofType(story.events, "asked");
  assert.is(asked?.question.kind, "rollback");
  assert.match(JSON.stringify(asked?.question), "Take two back");
  assert.equal(project.effects(), ["one", "two"]);
});

for (const [answer, effects] of [
  ["undo", ["one", "two", "undo-two", "undo-one"]],
  ["leave", ["one", "two", "undo-one"]],
  ["there", ["one", "two", "undo-two", "undo-one"]],
  ["missing", ["one", "two", "undo-one"]],
] as const)
  test(`and ${answer} is what happens`, async () => {
    await project.run(halfDone(false));
    assert.is((await project.rollback()).exitCode, 75);
    await project.answer("undo:two", { say: answer, reason: "I looked", how: "I looked" } as never);
    assert.is((await project.resume()).exitCode, 4);
    assert.equal(project.effects(), effects);
  });

test("stop is no decision: the next rollback asks again", async () => {
  await project.run(halfDone(false));
  assert.is((await project.rollback()).exitCode, 75);
  await project.answer("undo:two", { say: "stop" });
  assert.is((await project.rollback()).exitCode, 3);
  assert.is((await project.rollback()).exitCode, 75);
  assert.equal(project.effects(), ["one", "two"]);
});

test("a write that failed and was skipped by a person may have had an effect all the same", async () => {
  await project.run(halfDone(true), {
    mode: "interactive",
    prompter: { ask: async () => ({ say: "skip", reason: "later" }) },
  });
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["one", "two", "undo-two", "undo-one"]);
});

/** Killed together with lockstep, so that nobody knows how it ended. */
async function leaveUnknown(make: string): Promise<void> {
  const lockstep = await startRun({
    module: "test/runners/rollback/unknown-runbooks.ts",
    make,
    root: project.root,
  });
  while (!project.effects().includes("two-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  await lockstep.kill();
  killAttempts(project.root);
}

test("a write of which nobody knows how it ended: an idempotent undo runs", async () => {
  await leaveUnknown("unknownIdempotent");
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "two-begins", "undo-two", "undo-one"]);
});

test("a write of which nobody knows how it ended: any other is asked about", async () => {
  await leaveUnknown("unknownOther");
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:two");
  assert.equal(project.effects(), ["one", "two-begins"]);
});

test("a write of which nobody knows what it created is asked about", async () => {
  await leaveUnknown("unknownCreated");
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:two");
});

for (const [printed, exitCode, effects] of [
  ["a created\\nb created\\n", 4, ["undo-made"]],
  ["a unchanged\\nb configured\\n", 4, []],
  ["a created\\nb unchanged\\n", 75, []],
] as const)
  test(`ifCreated, when it printed ${JSON.stringify(printed)}`, async () => {
    await project.run(
      book(
        step("made", "Make it", sh`printf ${printed.replaceAll("\\n", "\n")}`, {
          undo: ifCreated(sh`echo undo-made >> effects`),
        }),
        fail(),
      ),
    );
    const story = await project.rollback();
    assert.is(story.exitCode, exitCode);
    assert.equal(project.effects(), effects);
  });

test("ifCreated reads what its pattern says as JavaScript does, flags and all", async () => {
  const undo = ifCreated(sh`echo undo-made >> effects`, { says: /CREATED/gi });
  await project.run(book(step("made", "Make it", sh`echo "namespace created"; echo "pod created"`, { undo }), fail()));
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(project.effects(), ["undo-made"]);
});

test("ifCreated, when an earlier attempt created what the last one found, asks", async () => {
  await project.run(
    book(
      step("made", "Make it", sh`test -e tried && echo "a unchanged" || (touch tried; echo "a created"; false)`, {
        retry: { attempts: 2, every: seconds(0) },
        undo: ifCreated(sh`echo undo-made >> effects`),
      }),
      fail(),
    ),
  );
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:made");
});

const withIrreversible = () =>
  book(
    write("one"),
    step("sent", "Send it", sh`echo sent >> effects`, { undo: irreversible("mail cannot be called back") }),
    write("three"),
    fail(),
  );

test("it stops at what cannot be undone, and goes past it only when a person leaves it", async () => {
  await project.run(withIrreversible());
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:sent");
  assert.match(JSON.stringify(ofType(story.events, "asked")), "mail cannot be called back");
  assert.equal(project.effects(), ["one", "sent", "three", "undo-three"]);
  await project.answer("undo:sent", { say: "undo", reason: "please" });
  const refused = await project.resume();
  assert.is(refused.exitCode, 75);
  assert.match(ofType(refused.events, "noted")[0]?.text ?? "", "does not count");
  assert.is(ofType(refused.events, "noted")[0]?.uncounted, true);
  await project.answer("undo:sent", { say: "stop" });
  assert.is((await project.resume()).exitCode, 3);
  assert.is((await project.resume()).exitCode, 75);
  await project.answer("undo:sent", { say: "leave", reason: "we wrote again" });
  assert.is((await project.resume()).exitCode, 4);
  assert.equal(project.effects(), ["one", "sent", "three", "undo-three", "undo-one"]);
});

test("a step that cannot be undone and never ran is no obstacle", async () => {
  await project.run(
    book(write("one"), fail(), step("sent", "Send it", sh`echo sent >> effects`, { undo: irreversible("it is sent") })),
  );
  assert.is((await project.rollback()).exitCode, 4);
});

test.run();
