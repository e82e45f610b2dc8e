import { suite } from "uvu";
import * as assert from "uvu/assert";
import { killAttempts } from "../../support/kill-attempts.ts";
import { createRunFixture, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { unknownCreated } from "./unknown-runbooks.ts";

const test = suite("a rollback of what somebody said is there");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

test("that it printed nothing does not mean that it created nothing: somebody is asked", async () => {
  const lockstep = await startRun({
    module: "test/runners/rollback/unknown-runbooks.ts",
    make: "unknownCreated",
    root: project.root,
  });
  while (!project.effects().includes("two-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  await lockstep.kill();
  killAttempts(project.root);
  assert.is((await project.resume(unknownCreated())).exitCode, 75);
  await project.answer("two", { say: "there", how: "looked" });
  assert.is((await project.resume(unknownCreated())).exitCode, 0);
  const story = await project.rollback();
  assert.is(story.exitCode, 75);
  assert.is(story.step, "undo:two");
  await project.answer("undo:two", { say: "undo", reason: "it is there" });
  assert.is((await project.rollback()).exitCode, 4);
  assert.equal(outcomesOf(await project.journal(), "two"), ["unknown", "ok", "undone"]);
  assert.equal(project.effects(), ["one", "two-begins", "undo-two", "undo-one"]);
});

test.run();
