import { suite } from "uvu";
import * as assert from "uvu/assert";
import { runbook, seconds, sh, step, wait } from "../../../dsl/index.ts";
import { createRunFixture, finishedOf, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { guarded, undo, watchRate, write } from "./guarded-runbooks.ts";

const test = suite("where a guard begins and ends");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

test("in the very last moment of its range still counts: nothing starts after it", async () => {
  const run = project.start(
    runbook({ id: "late", title: "Late" }, () => [
      watchRate({ until: "slow" }),
      write("one"),
      step("slow", "Take long", sh`until [ -e go-on ]; do sleep 0.02; done; echo slow >> effects`, {
        undo: sh`echo undo-slow >> effects`,
        timeout: seconds(20),
      }),
      write("outside"),
    ]),
  );
  await run.waitFor((event) => event.type === "started" && event.step === "slow");
  project.write("rate", "2\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["one", "slow", "undo-slow", "undo-one"]);
});

test("at the end of the runbook still counts: the run does not end ok", async () => {
  const run = project.start(
    guarded([
      step("slow", "Take long", sh`until [ -e go-on ]; do sleep 0.02; done; echo slow >> effects`, {
        undo: sh`echo undo-slow >> effects`,
        timeout: seconds(20),
      }),
    ]),
  );
  await run.waitFor((event) => event.type === "started" && event.step === "slow");
  project.write("rate", "2\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "slow", "undo-slow"]);
});

test("does not sample any more while it is rolled back, nor do the others", async () => {
  const { memory } = await import("./guarded-runbooks.ts");
  const { percent } = await import("../../../dsl/index.ts");
  project.write("memory", "0\n");
  const run = project.start(
    runbook({ id: "two", title: "Two" }, () => [
      watchRate({ alerts: [memory.above(percent(80))] }, "outer"),
      write("one", { undo: sh`echo undo-one >> effects; echo 99 > memory; sleep 0.6` }),
      watchRate({}, "inner"),
      write("two"),
      wait("linger", "Linger", seconds(600)),
    ]),
  );
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "2\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  // only what ran since the guard that tripped
  assert.equal(project.effects(), ["one", "two", "undo-two"]);
  assert.equal(
    ofType(story.events, "guard-tripped").map(({ guard }) => guard),
    ["inner"],
  );
  const begun = story.events.findIndex(({ type }) => type === "rollback-started");
  assert.equal(
    story.events.slice(begun).filter(({ type }) => type === "sampled"),
    [],
  );
});

test("a guard ends after the step that it names, and what follows is not watched", async () => {
  const story = await project.run(
    runbook({ id: "until", title: "Until" }, () => [
      watchRate({ until: "two" }),
      step("look", "Look first", sh.read`true`),
      write("one"),
      write("two"),
      step("break", "Break it", sh`echo 9 > rate; sleep 0.4`, { undo }),
      write("three"),
    ]),
  );
  assert.is(story.exitCode, 0);
  const words = story.events.flatMap((event) =>
    event.type === "guard-opened" || event.type === "guard-closed"
      ? [event.type]
      : event.type === "started"
        ? [event.step]
        : [],
  );
  assert.equal(words, ["look", "guard-opened", "one", "two", "guard-closed", "break", "three"]);
  assert.equal(finishedOf(story.events, "three").length, 1);
});

test("nothing of its range starts before its first sample", async () => {
  const story = await project.run(guarded([write("one")], { interval: seconds(5) }));
  const words = story.events.map((event) => (event.type === "started" ? event.step : event.type));
  assert.ok(words.indexOf("sampled") > words.indexOf("guard-opened"));
  assert.ok(words.indexOf("sampled") < words.indexOf("one"));
});

test.run();
