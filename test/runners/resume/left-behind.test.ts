import { readFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { sessionMembers } from "../../../runners/processes/session-members.ts";
import { until } from "../../support/attempt-fixture.ts";
import { createRunFixture, finishedOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import * as runbooks from "./crash-runbooks.ts";

const test = suite("background steps that a killed lockstep left behind");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** Kills lockstep while a step runs beside the server; the one that runs is let end. */
async function leaveServerBehind() {
  const lockstep = await startRun({
    module: "test/runners/resume/crash-runbooks.ts",
    make: "serving",
    root: project.root,
  });
  await until(() => project.effects().length === 1);
  await lockstep.kill();
  project.write("go", "");
  const { attemptsFolder } = await project.folder();
  const server = JSON.parse(readFileSync(join(attemptsFolder, "serve.1", "begun"), "utf8"));
  assert.ok(sessionMembers(server).length > 0);
  return server;
}

test("end with the rollback, which goes by no step that needs them", async () => {
  const server = await leaveServerBehind();
  const story = await project.rollback();
  assert.is(story.exitCode, 4, story.message);
  assert.equal(sessionMembers(server), []);
  assert.equal(
    finishedOf(await project.journal(), "serve").map(({ outcome, remark }) => ({ outcome, remark })),
    [{ outcome: "ok", remark: "ended with the run" }],
  );
});

test("end when a resume stops before it comes to them, and start again on the next", async () => {
  const server = await leaveServerBehind();
  const suspended = await project.resume(runbooks.interruptible("read"));
  assert.is(suspended.exitCode, 75, suspended.message);
  assert.equal(sessionMembers(server), []);
  const story = await project.resume(runbooks.serving());
  assert.is(story.exitCode, 0, story.message);
  assert.equal(
    finishedOf(await project.journal(), "serve").map(({ outcome }) => outcome),
    ["not-started", "ok"],
  );
  assert.is(project.read("servers").split("\n").length, 3, "it was started twice");
});

test.run();
