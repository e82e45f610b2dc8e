import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { Answer } from "../../../runners/questions/question.ts";
import { killAttempts } from "../../support/kill-attempts.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture, type RunStory } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { unknownOther } from "./unknown-runbooks.ts";

const test = suite("a rollback after somebody said, while nobody ran it, what became of a write");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** A write is cut off, a resume asks what became of it, and somebody answers; then it is rolled back. */
async function rollbackAfter(answer: Answer): Promise<RunStory> {
  const lockstep = await startRun({
    module: "test/runners/rollback/unknown-runbooks.ts",
    make: "unknownOther",
    root: project.root,
  });
  while (!project.effects().includes("two-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  await lockstep.kill();
  killAttempts(project.root);
  assert.is((await project.resume(unknownOther())).step, "two");
  await project.answer("two", answer);
  return project.rollback();
}

test("undoes what was found there, and does not ask again", async () => {
  const story = await rollbackAfter({ say: "there", how: "looked" });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(ofType(story.events, "asked"), []);
  assert.equal(
    ofType(story.events, "answered").map(({ step, by }) => [step, by.user]),
    [["two", "bo"]],
  );
  assert.equal(outcomesOf(await project.journal(), "two"), ["unknown", "ok", "undone"]);
  assert.equal(project.effects(), ["one", "two-begins", "undo-two", "undo-one"]);
});

test("undoes nothing of what was found missing", async () => {
  const story = await rollbackAfter({ say: "missing", how: "looked" });
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "two-begins", "undo-one"]);
});

test("asks about what was found half done as about a write that failed", async () => {
  const story = await rollbackAfter({ say: "partly", how: "looked" });
  assert.is(story.step, "undo:two");
  assert.match(JSON.stringify(ofType(story.events, "asked").at(-1)), "2 failed, and may have had an effect");
});

test("goes back at once where the answer was to go back, and asks what it cannot know", async () => {
  const story = await rollbackAfter({ say: "roll-back" });
  assert.is(story.step, "undo:two");
  assert.equal(
    ofType(story.events, "answered").map(({ answer }) => answer.say),
    ["roll-back"],
  );
  assert.is((await project.rollback()).step, "undo:two");
});

test("stops where the answer was to stop, and goes on when it is asked for once more", async () => {
  assert.is((await rollbackAfter({ say: "stop" })).exitCode, 3);
  assert.is((await project.rollback()).step, "undo:two");
});

test.run();
