import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  choose,
  is,
  not,
  output,
  parallel,
  param,
  repeat,
  runbook,
  seconds,
  sh,
  step,
  wait,
  when,
} from "../../../dsl/index.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { undo, watchRate, write } from "./guarded-runbooks.ts";

const test = suite("a guard that is reached, or is not");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

const quick = { undo, timeout: seconds(20) };

test("under a condition that does not hold, it never watches: what follows is in no range", async () => {
  project.write("rate", "9\n");
  const story = await project.run(
    runbook({ id: "r", title: "R", params: { careful: param.boolean() } }, (p) => [
      when(p.careful, [watchRate(), write("one")]),
      write("two"),
    ]),
    { values: { careful: false } },
  );
  assert.is(story.exitCode, 0);
  assert.equal(project.effects(), ["two"]);
  assert.equal(ofType(story.events, "guard-opened"), []);
  assert.equal(ofType(story.events, "sampled"), []);
});

test("in a branch that is not chosen, it never watches", async () => {
  project.write("rate", "9\n");
  const story = await project.run(
    runbook({ id: "r", title: "R", params: { way: param.oneOf(["careful", "fast"]) } }, (p) => [
      choose("turn", p.way, { careful: [watchRate(), write("one")], fast: [write("two")] }),
      write("three"),
    ]),
    { values: { way: "fast" } },
  );
  assert.is(story.exitCode, 0);
  assert.equal(project.effects(), ["two", "three"]);
  assert.equal(ofType(story.events, "guard-opened"), []);
});

test("in a branch that is chosen, it watches on after it, also after a resume", async () => {
  const chosen = runbook({ id: "r", title: "R", params: { way: param.oneOf(["careful", "fast"]) } }, (p) => [
    choose("turn", p.way, { careful: [watchRate(), write("one")], fast: [write("two")] }),
    wait("linger", "Linger", seconds(600)),
  ]);
  const ctrlC = new AbortController();
  const plan = project.plan(chosen, { way: "careful" });
  const run = project.start(plan, { signal: ctrlC.signal });
  await run.waitFor(({ type }) => type === "tick");
  ctrlC.abort("SIGINT");
  assert.is((await run.story).exitCode, 130);
  project.write("rate", "9\n");
  assert.is((await project.resume(plan)).exitCode, 4);
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test("a condition in its range that cannot be decided is a failure there: it goes back", async () => {
  const plan = project.plan(
    runbook({ id: "r", title: "R" }, () => {
      const look = step("look", "Look", sh.read`echo yes`, { outputs: { sure: output.text() } });
      return [watchRate(), write("one"), look, when(is(look.outputs.sure, "yes"), [write("two")])];
    }),
  );
  // the step that gives the value gives it under another name
  const unknown = JSON.parse(JSON.stringify(plan).replaceAll('"output":"sure"', '"output":"other"'));
  const story = await project.run(unknown as typeof plan);
  assert.is(story.exitCode, 4, story.message);
  assert.match(ofType(story.events, "guard-tripped")[0]?.why ?? "", "cannot be decided");
  assert.equal(project.effects(), ["one", "undo-one"]);
});

test("whose last step stands in a repeat within a repeat, it closes when the outer one is over", async () => {
  const nested = runbook({ id: "r", title: "R" }, () => {
    const look = step("look", "Look", sh.read`cat passes 2>/dev/null | wc -l`, {
      outputs: { passes: output.integer() },
    });
    return [
      watchRate({ until: "verify" }),
      write("one"),
      repeat("outer", "Outer", { limit: 3 }, () => ({
        body: [
          repeat("inner", "Inner", { limit: 3 }, () => ({
            body: [step("count", "Count", sh`echo x >> passes`, quick), look, step("verify", "Verify", sh.read`true`)],
            until: not(is(look.outputs.passes, 1)),
          })),
        ],
        until: is(look.outputs.passes, 3),
      })),
      step("break", "Break it", sh`echo 9 > rate; sleep 0.5`, { undo }),
      write("two"),
    ];
  });
  const story = await project.run(nested);
  assert.is(story.exitCode, 0);
  assert.is(ofType(story.events, "guard-closed").length, 1);
  assert.equal(project.effects(), ["one", "two"]);
});

test("it ends with a parallel only when what had to wait in its range has ended, too", async () => {
  const story = await project.run(
    runbook({ id: "r", title: "R" }, () => {
      const slow = step("slow", "Slow", sh`sleep 0.3; echo slow >> effects`, quick);
      const late = step("late", "Late", sh`echo late >> effects`, { ...quick, after: ["slow"] });
      return [
        watchRate({ until: "quick" }),
        parallel("p", "P", [slow, late, step("quick", "Quick", sh`echo quick >> effects`, quick)]),
        write("after"),
      ];
    }),
  );
  assert.is(story.exitCode, 0);
  const order = story.events.flatMap((event) =>
    event.type === "guard-closed" ? ["closed"] : event.type === "finished" ? [event.step] : [],
  );
  assert.ok(order.indexOf("closed") > order.indexOf("late"), order.join(" "));
});

test.run();
