import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  is,
  notNeeded,
  output,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  stop,
  wait,
  when,
} from "../../../dsl/index.ts";
import type { Clock } from "../../../runners/journal/clock.ts";
import { movableClock } from "../../support/movable-clock.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";

const test = suite("what a resume does not do again");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
});
test.after.each(() => project.clean());

const undo = notNeeded("a test");
const append = (id: string) => step(id, `Append ${id}`, sh`echo ${id} >> effects`, { undo });
const untilMended = step("mend", "Fail until it is mended", sh`test -e mended`, { undo });

test("conditions are evaluated once: a world that changed meanwhile changes no decision", async () => {
  const plan = project.plan(
    runbook({ id: "once", title: "Once" }, () => {
      const look = step("look", "Look", sh.read`cat world`, { outputs: { word: output.text() } });
      return [look, when(is(look.outputs.word, "old"), [untilMended, append("inside")]), append("after")];
    }),
  );
  project.write("world", "old");
  assert.is((await project.run(plan)).exitCode, 1);
  project.write("world", "new");
  project.write("mended", "");
  const story = await project.resume(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["inside", "after"]);
  assert.equal(ofType(story.events, "decided"), []);
  assert.equal(outcomesOf(story.events, "look"), []);
});

test("requires are asked when they are entered, and not again on resume", async () => {
  const look = (id: string) => step(id, "Look", sh.read`test -e world; echo x >> looks`);
  const plan = project.plan(
    runbook({ id: "requiring", title: "Requiring", requires: [look("first")] }, () => [
      section("inner", "Inner", { requires: [look("second")] }, [untilMended, append("after")]),
    ]),
  );
  const unmet = await project.run(plan);
  assert.is(unmet.exitCode, 1);
  assert.is(unmet.step, "first");
  assert.equal(project.effects(), []);
  project.write("world", "");
  assert.is((await project.resume(plan)).step, "mend");
  assert.is(project.read("looks"), "x\nx\n");
  const { rmSync } = await import("node:fs");
  rmSync(`${project.root}/world`);
  project.write("mended", "");
  const story = await project.resume(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.is(project.read("looks"), "x\nx\n");
});

test("answers are given once", async () => {
  const { manual, ask } = await import("../../../dsl/index.ts");
  const plan = project.plan(
    runbook({ id: "asking", title: "Asking" }, () => {
      const asked = manual("ask", "Say a word", { asks: { word: ask.line("A word") } });
      return [asked, untilMended, step("use", "Use it", sh`echo ${asked.outputs.word} >> effects`, { undo })];
    }),
  );
  assert.is((await project.run(plan)).exitCode, 75);
  await project.answer("ask", { say: "done", asks: { word: "it's" } });
  assert.is((await project.resume(plan)).exitCode, 1);
  project.write("mended", "");
  const story = await project.resume(plan);
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["it's"]);
  assert.equal(ofType(story.events, "asked"), []);
});

test("a step that is done never runs again, however often one resumes", async () => {
  const plan = project.plan(runbook({ id: "done", title: "Done" }, () => [append("a"), untilMended, append("b")]));
  for (let time = 0; time < 4; time += 1)
    assert.is((await (time === 0 ? project.run(plan) : project.resume(plan))).exitCode, 1);
  assert.equal(project.effects(), ["a"]);
});

const waiting = (length: number) =>
  runbook({ id: "waiting", title: "Waiting" }, () => [wait("pause", "Wait", seconds(length)), append("after")]);

async function interruptWait(clock: Clock, act: () => void = () => {}): Promise<void> {
  const interrupt = new AbortController();
  const run = project.start(waiting(3600), { clock, signal: interrupt.signal });
  await run.waitFor(({ type }) => type === "tick");
  act();
  interrupt.abort("SIGINT");
  assert.is((await run.story).exitCode, 130);
}

async function remainingOnResume(clock: Clock): Promise<number> {
  const interrupt = new AbortController();
  const { resume } = await import("../../../runners/engine/run.ts");
  const { id } = await project.folder();
  let remaining = -1;
  for await (const event of resume({ root: project.root, run: id, clock, signal: interrupt.signal })) {
    if (event.type !== "tick") continue;
    if (remaining < 0) remaining = event.remaining;
    interrupt.abort("SIGINT");
  }
  return remaining;
}

test("a wait resumes with what remains, within a boot by the monotonic clock", async () => {
  const clock = movableClock();
  await interruptWait(clock, () => clock.pass(600));
  clock.pass(900);
  clock.jump(-86_400);
  const remaining = await remainingOnResume(clock);
  assert.ok(remaining > 2000 && remaining <= 2100, `${remaining}`);
});

test("a wait resumes with what remains, across boots by the wall clock", async () => {
  const clock = movableClock();
  await interruptWait(clock);
  const rebooted = { ...movableClock("another"), mono: () => 5000 };
  rebooted.now = () => new Date(Date.now() + 1800 * 1000);
  const remaining = await remainingOnResume(rebooted);
  assert.ok(remaining > 1700 && remaining <= 1800, `${remaining}`);
});

test("a wait is not prolonged by a wall clock that was set back before the boot, or after it", async () => {
  const clock = movableClock();
  await interruptWait(clock);
  const rebooted = { ...movableClock("another"), mono: () => 5000 };
  rebooted.now = () => new Date(Date.now() - 86_400_000);
  let mono = 0;
  const counting = { ...rebooted, mono: () => (mono += 600_000) };
  const story = await project.resume(waiting(3600), { clock: counting });
  assert.is(story.exitCode, 0, story.message);
});

test("a wait that is over by the time of the resume is over", async () => {
  const clock = movableClock();
  await interruptWait(clock);
  clock.pass(3600);
  const story = await project.resume(waiting(3600), { clock });
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), ["after"]);
});

test("a wall clock that jumps changes neither durations nor order", async () => {
  const clock = movableClock();
  let calls = 0;
  const jumping = {
    ...clock,
    now: () => {
      calls += 1;
      return new Date(Date.now() + (calls % 2 === 0 ? -1 : 1) * 7_200_000);
    },
  };
  const story = await project.run(
    runbook({ id: "jumping", title: "Jumping" }, () => [append("a"), wait("pause", "Wait", seconds(0.1)), append("b")]),
    { clock: jumping },
  );
  assert.is(story.exitCode, 0, story.message);
  for (const { seconds: taken, step: id } of ofType(story.events, "finished"))
    assert.ok(taken >= 0 && taken < 60, `${id} took ${taken}`);
  assert.equal(project.effects(), ["a", "b"]);
});

const failing = (options: object) =>
  step("fail", "Fail", sh`echo failed >> effects; test -e mended`, { undo: sh`echo undone >> effects`, ...options });

test("onFailure of a step: other steps run, the run ends with 4, and the step stays failed", async () => {
  const plan = project.plan(
    runbook({ id: "answered", title: "Answered" }, () => [failing({ onFailure: [append("answer")] }), append("after")]),
  );
  const story = await project.run(plan);
  assert.is(story.exitCode, 4);
  assert.is(story.state, "answered");
  assert.equal(project.effects(), ["failed", "answer"]);
  assert.equal(outcomesOf(story.events, "fail"), ["failed"]);
});

test("an answer that fails itself ends with 1, and goes on from there on resume", async () => {
  const plan = project.plan(
    runbook({ id: "answered", title: "Answered" }, () => [
      failing({
        onFailure: [append("answer"), step("inner", "Fail too", sh`test -e helped`, { undo }), append("end")],
      }),
    ]),
  );
  assert.is((await project.run(plan)).exitCode, 1);
  project.write("helped", "");
  project.write("mended", "");
  assert.is((await project.resume(plan)).exitCode, 4);
  assert.equal(project.effects(), ["failed", "answer", "end"]);
});

test("onFailure rollback undoes what ran: exit 4; stop leaves it resumable: exit 1", async () => {
  const ran = step("ran", "Run", sh`echo ran >> effects`, { undo: sh`echo undo-ran >> effects` });
  const rolling = await project.run(
    runbook({ id: "rolling", title: "Rolling" }, () => [
      ran,
      step("fail", "Fail", sh.read`false`, { onFailure: rollback }),
    ]),
  );
  assert.is(rolling.exitCode, 4);
  assert.is(rolling.state, "rolled-back");
  assert.equal(project.effects(), ["ran", "undo-ran"]);
  const stopping = await project.run(
    runbook({ id: "stopping", title: "Stopping", onFailure: rollback }, () => [
      step("fail", "Fail", sh.read`false`, { onFailure: stop }),
    ]),
  );
  assert.is(stopping.exitCode, 1);
});

test("the nearest answer holds: the step's, else its section's, else the runbook's", async () => {
  const around = (own: object, inner: object) =>
    runbook({ id: "around", title: "Around", onFailure: [append("by-runbook")] }, () => [
      section("outer", "Outer", { onFailure: [append("by-outer")] }, [
        section("inner", "Inner", inner, [step("fail", "Fail", sh.read`false`, own)]),
      ]),
      section("aside", "Aside", [append("after")]),
    ]);
  assert.is((await project.run(around({ onFailure: [append("by-step")] }, {}))).exitCode, 4);
  assert.is((await project.run(around({}, { onFailure: [append("by-inner")] }))).exitCode, 4);
  assert.is((await project.run(around({}, {}))).exitCode, 4);
  const only = runbook({ id: "only", title: "Only", onFailure: [append("by-runbook")] }, () => [
    step("fail", "Fail", sh.read`false`),
  ]);
  assert.is((await project.run(only)).exitCode, 4);
  assert.equal(project.effects(), ["by-step", "by-inner", "by-outer", "by-runbook"]);
});

test("onFailure comes after the last attempt only", async () => {
  const story = await project.run(
    runbook({ id: "last", title: "Last" }, () => [
      step("fail", "Fail", sh.read`echo x >> tries; test $(wc -l < tries) -ge 2`, {
        retry: { attempts: 2, every: seconds(0) },
        onFailure: [append("answer")],
      }),
    ]),
  );
  assert.is(story.exitCode, 0, story.message);
  assert.equal(project.effects(), []);
});

test.run();
