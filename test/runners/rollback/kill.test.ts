import { suite } from "uvu";
import * as assert from "uvu/assert";
import { killAttempts } from "../../support/kill-attempts.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { slowUndo } from "./unknown-runbooks.ts";

const test = suite("kill -9 in a rollback");
const module = "test/runners/rollback/unknown-runbooks.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

async function killInUndo(make: string, everything: boolean): Promise<void> {
  await (await startRun({ module, make, root: project.root })).ended;
  const lockstep = await startRun({ module, make, root: project.root, rollback: true });
  while (!project.effects().includes("undo-two-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  await lockstep.kill();
  if (everything) killAttempts(project.root);
}

test("of lockstep only: the undo is followed to its end, and not done twice", async () => {
  await killInUndo("slowUndo", false);
  project.write("go-on", "");
  const story = await project.resume(slowUndo());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["one", "two", "undo-two-begins", "undo-two", "undo-one"]);
});

test("of the undo, too: nobody knows what it did, so a person is asked, and it does not run again by itself", async () => {
  await killInUndo("slowUndo", true);
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:two.1");
  assert.is(ofType(story.events, "asked")[0]?.question.kind, "unknown");
  assert.equal(project.effects(), ["one", "two", "undo-two-begins"]);
  await project.answer("undo:two.1", { say: "there", how: "I looked" });
  const resumed = await project.resume();
  assert.is(resumed.exitCode, 4);
  assert.equal(outcomesOf(resumed.events, "two"), ["undone"]);
  assert.equal(project.effects(), ["one", "two", "undo-two-begins", "undo-one"]);
});

test("of the undo, too, when that may run twice: it runs again", async () => {
  await killInUndo("slowIdempotentUndo", true);
  project.write("go-on", "");
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "two", "undo-two-begins", "undo-two-begins", "undo-two", "undo-one"]);
});

test("of an undo that may run twice, while the next lockstep follows it: it runs again", async () => {
  await killInUndo("slowIdempotentUndo", false);
  const rollback = project.rollback();
  const isFollowed = async (): Promise<boolean> =>
    (await project.journal()).some(
      (event) => event.type === "started" && event.step === "undo:two.1" && event.attached === true,
    );
  while (!(await isFollowed())) await new Promise((resolve) => setTimeout(resolve, 20));
  killAttempts(project.root);
  project.write("go-on", "");
  const story = await rollback;
  assert.is(story.exitCode, 4, story.message);
  assert.equal(project.effects(), ["one", "two", "undo-two-begins", "undo-two-begins", "undo-two", "undo-one"]);
});

test.run();
