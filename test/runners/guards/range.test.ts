import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  below,
  type GuardOptions,
  not,
  notNeeded,
  output,
  parallel,
  param,
  percent,
  repeat,
  rollback,
  runbook,
  seconds,
  sh,
  step,
  stop,
  wait,
  when,
} from "../../../dsl/index.ts";
import type { RunEvent } from "../../../runners/events/run-event.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { memory, undo, watchRate, write } from "./guarded-runbooks.ts";

const test = suite("the range of a guard");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
  project.write("memory", "0\n");
});
test.after.each(() => project.clean());

const words = (events: readonly RunEvent[]): readonly string[] =>
  events.flatMap((event) => {
    if (event.type === "guard-opened" || event.type === "guard-closed") return [`${event.guard} ${event.type}`];
    if (event.type === "started") return [event.step];
    if (event.type === "finished") return [`${event.step} ${event.outcome}`];
    return [];
  });

test("ends although the step that it names is skipped, and nothing after it is watched", async () => {
  const skipping = runbook({ id: "r", title: "R", params: { check: param.boolean() } }, (p) => [
    watchRate({ until: "verify" }),
    write("one"),
    when(p.check, [step("verify", "Verify", sh.read`true`)]),
    step("break", "Break it", sh`echo 9 > rate; sleep 0.5`, { undo }),
    write("two"),
  ]);
  const story = await project.run(skipping, { values: { check: false } });
  assert.is(story.exitCode, 0);
  const order = words(story.events);
  assert.ok(order.indexOf("rates guard-closed") < order.indexOf("break"));
  assert.equal(project.effects(), ["one", "two"]);
});

test("in a parallel lasts until its other steps of the range have ended, too", async () => {
  const run = project.start(
    runbook({ id: "r", title: "R" }, () => [
      watchRate({ until: "quick" }),
      write("one"),
      parallel("p", "P", [
        step("slow", "Slow", sh`until [ -e go-on ]; do sleep 0.02; done; echo slow >> effects`, {
          undo: sh`echo undo-slow >> effects`,
          timeout: seconds(20),
        }),
        step("quick", "Quick", sh`echo quick >> effects`, {
          undo: sh`echo undo-quick >> effects`,
          timeout: seconds(20),
        }),
      ]),
      write("after"),
    ]),
  );
  await run.waitFor((event) => event.type === "finished" && event.step === "quick");
  project.write("rate", "9\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.not(project.effects().includes("after"));
  assert.ok(project.effects().includes("undo-slow") && project.effects().includes("undo-quick"));
});

test("that begins in a parallel begins once, before the first of its steps", async () => {
  const story = await project.run(
    runbook({ id: "r", title: "R" }, () => [
      step("look", "Look", sh.read`true`),
      watchRate(),
      parallel("p", "P", [write("a") as never, write("b") as never, write("c") as never]),
    ]),
  );
  assert.is(story.exitCode, 0);
  const order = words(story.events);
  assert.equal(
    order.filter((word) => word.includes("guard")),
    ["rates guard-opened", "rates guard-closed"],
  );
  for (const id of ["a", "b", "c"]) assert.ok(order.indexOf("rates guard-opened") < order.indexOf(id));
  assert.ok(
    story.events.findIndex(({ type }) => type === "sampled") <
      story.events.findIndex((event) => event.type === "started" && event.effect === "write"),
  );
});

test("that ends in a repeat lasts until its last pass", async () => {
  const repeating = runbook({ id: "r", title: "R" }, () => [
    watchRate({ until: "count" }),
    write("one"),
    repeat("drain", "Drain", { limit: 5, every: seconds(0) }, () => {
      const count = step("count", "Count", sh.read`echo x >> passes; wc -l < passes`, {
        outputs: { lines: output.integer() },
      });
      return { body: [count], until: not(below(count.outputs.lines, 3)) };
    }),
    write("after"),
  ]);
  const story = await project.run(repeating);
  assert.is(story.exitCode, 0);
  const order = words(story.events);
  assert.ok(order.indexOf("rates guard-closed") > order.indexOf("count[3] ok"));
  assert.ok(order.indexOf("rates guard-closed") < order.indexOf("after"));
});

test("of two that overlap: each undoes what ran since it began", async () => {
  const two = runbook({ id: "r", title: "R" }, () => [
    watchRate({}, "outer"),
    write("one"),
    watchRate({ alerts: [memory.above(percent(80))] }, "inner"),
    write("two"),
    wait("linger", "Linger", seconds(600)),
  ]);
  const inner = project.start(two);
  await inner.waitFor(({ type }) => type === "tick");
  project.write("memory", "99\n");
  assert.is((await inner.story).exitCode, 4);
  assert.equal(project.effects(), ["one", "two", "undo-two"]);
  project.write("memory", "0\n");
  const outer = project.start(two);
  await outer.waitFor(({ type }) => type === "tick");
  project.write("rate", "9\n");
  assert.is((await outer.story).exitCode, 4);
  assert.equal(project.effects().slice(3), ["one", "two", "undo-two", "undo-one"]);
});

test("of two that overlap: a step that fails in both is undone to where the first began", async () => {
  const story = await project.run(
    runbook({ id: "r", title: "R" }, () => [
      watchRate({}, "outer"),
      write("one"),
      watchRate({ alerts: [memory.above(percent(80))] }, "inner"),
      write("two"),
      step("bad", "Fail", sh.read`false`),
    ]),
  );
  assert.is(story.exitCode, 4);
  assert.equal(
    ofType(story.events, "guard-tripped")
      .map(({ guard }) => guard)
      .sort(),
    ["inner", "outer"],
  );
  assert.equal(project.effects(), ["one", "two", "undo-two", "undo-one"]);
});

test("of two that overlap: the answer that goes back furthest is the one that is followed", async () => {
  const overlapping = (outer: GuardOptions["onTrip"], inner: GuardOptions["onTrip"]) =>
    runbook({ id: "r", title: "R" }, () => [
      write("before"),
      watchRate({ onTrip: outer }, "outer"),
      write("one"),
      watchRate({ onTrip: inner }, "inner"),
      write("two"),
      step("bad", "Fail", sh.read`false`),
    ]);
  const page = [step("page", "Page somebody", sh`echo page >> effects`, { undo })];
  const effectsOf = async (outer: GuardOptions["onTrip"], inner: GuardOptions["onTrip"]) => {
    project.write("effects", "");
    const story = await project.run(overlapping(outer, inner));
    return [story.exitCode, ...project.effects().slice(3)];
  };
  assert.equal(await effectsOf(rollback, rollback.all), [4, "undo-two", "undo-one", "undo-before"]);
  assert.equal(await effectsOf(page, rollback), [4, "undo-two"]);
  assert.equal(await effectsOf(stop, page), [4, "page"]);
  assert.equal(await effectsOf(stop, stop), [1]);
});

test("one that is blind holds up only its own range", async () => {
  const run = project.start(
    runbook({ id: "r", title: "R" }, () => [
      watchRate({ until: "one" }, "first"),
      write("one"),
      step("break", "Break it", sh`rm rate; sleep 0.5; echo broken >> effects`, { undo: notNeeded("a test") }),
      watchRate({ alerts: [memory.above(percent(80))], onTrip: rollback }, "second"),
      write("two"),
    ]),
  );
  const story = await run.story;
  assert.is(story.exitCode, 0);
  assert.equal(ofType(story.events, "guard-blind"), []);
});

test.run();
