import { suite } from "uvu";
import * as assert from "uvu/assert";
import { manual, runbook } from "../../../dsl/index.ts";
import { createRunFixture, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { write } from "./rollback-runbooks.ts";

const test = suite("a rollback of a run that let time pass or asked");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

test("a wait that a kill cut off is not left running", async () => {
  const lockstep = await startRun({
    module: "test/runners/resume/crash-runbooks.ts",
    make: "waiting",
    args: [600],
    root: project.root,
  });
  await lockstep.waitFor(({ type }) => type === "tick");
  await lockstep.kill();
  const story = await project.rollback();
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(await project.journal(), "pause"), ["not-started"]);
});

test("a question that nobody answered is not left running", async () => {
  const asking = runbook({ id: "asking", title: "Asking" }, () => [write("one"), manual("look", "Look at it")]);
  assert.is((await project.run(asking)).exitCode, 75);
  const story = await project.rollback();
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(await project.journal(), "look"), ["not-started"]);
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test.run();
