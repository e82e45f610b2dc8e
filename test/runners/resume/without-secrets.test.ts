import { suite } from "uvu";
import * as assert from "uvu/assert";
import { until } from "../../support/attempt-fixture.ts";
import { createRunFixture, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import type * as runbooks from "./secret-runbooks.ts";

const test = suite("a run that is taken up where its secrets have no value");
const module = "test/runners/resume/secret-runbooks.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

/** The step runs on, and nobody follows it. */
async function killWhileItWrites(make: keyof typeof runbooks): Promise<void> {
  const lockstep = await startRun({ module, make, root: project.root, secrets: { token: "hunter22xx" } });
  await until(() => project.effects().length === 1);
  await lockstep.kill();
}

/** Lets the write end once it is followed. */
async function letGo(): Promise<void> {
  await until(async () => (await project.journal()).some((event) => event.type === "started" && event.attached));
  project.write("go", "");
}

test("a write that still runs is followed to its end before it is undone", async () => {
  await killWhileItWrites("byStdin");
  const running = project.rollback();
  await letGo();
  const story = await running;
  assert.is(story.exitCode, 4, story.message);
  assert.equal(outcomesOf(story.events, "write"), ["ok", "undone"]);
  assert.equal(project.effects(), ["begin", "end", "undone"]);
});

test("a write that still runs is followed to its end, also where its undo cannot run without the secret", async () => {
  await killWhileItWrites("byEnv");
  const running = project.rollback();
  await letGo();
  const story = await running;
  assert.match(story.message ?? "", "Undo 1 (Take it back) failed: the secret token has no value");
  assert.equal(outcomesOf(story.events, "write"), ["ok"]);
  assert.equal(project.effects(), ["begin", "end"]);
});

for (const make of ["byStdin", "byEnv"] as const) {
  test(`a write that still runs is followed to its end by a resume, and run once: ${make}`, async () => {
    await killWhileItWrites(make);
    const running = project.resume();
    await letGo();
    const story = await running;
    assert.is(story.exitCode, 0, story.message);
    assert.equal(outcomesOf(story.events, "write"), ["ok"]);
    assert.equal(project.effects(), ["begin", "end"]);
  });
}

test("a wait goes on: it has no use for the variables of its section", async () => {
  const lockstep = await startRun({ module, make: "waiting", root: project.root, secrets: { token: "hunter22xx" } });
  await lockstep.waitFor(({ type }) => type === "tick");
  await lockstep.kill();
  const story = await project.resume();
  assert.equal(outcomesOf(story.events, "pause"), ["ok"], story.message);
});

test.run();
