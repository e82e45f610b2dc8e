import { suite } from "uvu";
import * as assert from "uvu/assert";
import { code, hours, notNeeded, runbook, sh, step } from "../../../dsl/index.ts";
import { pause } from "../../../runners/engine/pause.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { asking } from "../guards/guarded-runbooks.ts";

const test = suite("times that are longer than a timer takes");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const month = hours(30 * 24);

test("a pause of a month is not over at once, and ends when it is not wanted any more", async () => {
  const unwanted = new AbortController();
  let over = false;
  const long = pause(30 * 24 * 3600, unwanted.signal).then(() => {
    over = true;
  });
  // whatever fires at once has fired by then
  await pause(0.05);
  assert.not(over);
  unwanted.abort();
  await long;
});

test("a question in a guard's range may be open for a month", async () => {
  const run = project.start(asking(30 * 24 * 3600));
  await run.waitFor(({ type }) => type === "asked");
  let sampled = 0;
  await run.waitFor(({ type }) => type === "sampled" && ++sampled === 3);
  await project.answer("look", { say: "tick", items: [1] });
  const story = await run.story;
  assert.is(story.exitCode, 0, story.message);
  assert.equal(ofType(story.events, "guard-tripped"), []);
});

test("a retry after a month is not made at once", async () => {
  const interrupt = new AbortController();
  const plan = runbook({ id: "again", title: "Again" }, () => [
    step("it", "Try", sh.read`echo try >> effects; false`, { retry: { attempts: 3, every: month } }),
  ]);
  const run = project.start(plan, { signal: interrupt.signal });
  await run.waitFor(({ type }) => type === "finished");
  await pause(0.05);
  interrupt.abort("SIGTERM");
  assert.is((await run.story).exitCode, 143);
  assert.equal(project.effects(), ["try"]);
});

test("a step with a time-out of a month runs: of a shell, and in TypeScript", async () => {
  const plan = runbook({ id: "long", title: "Long" }, () => [
    step("shell", "Shell", sh`sleep 0.1; echo shell >> effects`, { undo, timeout: month }),
    step(
      "code",
      "Code",
      code(async () => {
        await pause(0.1);
      }),
      { undo, timeout: month },
    ),
  ]);
  const story = await project.run(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(outcomesOf(story.events, "code"), ["ok"]);
});

test.run();
