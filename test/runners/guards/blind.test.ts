import { rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { rollback, seconds, sh, step, stop, wait } from "../../../dsl/index.ts";
import type { RunEvent } from "../../../runners/events/run-event.ts";
import { movableClock } from "../../support/movable-clock.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { blindable, guarded, write } from "./guarded-runbooks.ts";

const test = suite("a guard that sees nothing");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

const goBlind = (): void => rmSync(join(project.root, "rate"));
const isBlind = ({ type }: RunEvent): boolean => type === "guard-blind";
const asksBlind = (event: RunEvent): boolean => event.type === "asked" && event.question.kind === "blind";

test("lets nothing start, asks, and goes on by itself when it sees again", async () => {
  goBlind();
  const withdrawn: boolean[] = [];
  const run = project.start(guarded([write("one")], { blindAfter: 2 }), {
    prompter: {
      ask: (_question, signal) => {
        signal.addEventListener("abort", () => withdrawn.push(true));
        return new Promise(() => {});
      },
    },
  });
  await run.waitFor(asksBlind);
  assert.equal(project.effects(), ["before"]);
  project.write("rate", "0\n");
  const story = await run.story;
  assert.is(story.exitCode, 0);
  assert.equal(withdrawn, [true]);
  assert.equal(project.effects(), ["before", "one"]);
  const words = story.events.map((event) => (event.type === "started" ? event.step : event.type));
  assert.ok(words.indexOf("guard-sees") < words.indexOf("one"));
  assert.match(ofType(story.events, "guard-blind")[0]?.why ?? "", "Error rate brings no number");
});

test("asks nobody in vain: a run that goes on is not asked at its end", async () => {
  const run = project.start(blindable(3));
  await run.waitFor(({ type }) => type === "tick");
  goBlind();
  await run.waitFor(asksBlind);
  project.write("rate", "0\n");
  const story = await run.story;
  assert.is(story.exitCode, 0);
  assert.equal(outcomesOf(story.events, "linger"), ["ok"]);
  assert.equal(project.effects(), ["before", "one", "two"]);
});

test("a wait in its range counts only what was watched", async () => {
  const clock = movableClock();
  const run = project.start(blindable(3), { clock });
  await run.waitFor(({ type }) => type === "tick");
  goBlind();
  await run.waitFor(isBlind);
  // longer than the whole wait, a look of the guard after the other
  let looks = 0;
  await run.waitFor((event) => {
    if (event.type !== "sampled" || event.samples.some(({ value }) => value !== undefined)) return false;
    clock.pass(0.5);
    looks += 1;
    return looks > 20;
  });
  project.write("rate", "0\n");
  const story = await run.story;
  assert.is(story.exitCode, 0);
  const words = story.events.map((event) =>
    event.type === "finished" ? `${event.step} ${event.outcome}` : event.type,
  );
  assert.ok(words.indexOf("linger ok") > words.indexOf("guard-sees"));
  const waited = ofType(story.events, "waited").map(({ seconds: passed }) => passed);
  assert.is(waited.at(-1), 3);
  // what it still had to wait was watched, too
  const after = story.events.slice(words.indexOf("guard-sees"), words.indexOf("linger ok"));
  assert.ok(after.some(({ type }) => type === "sampled"));
});

test("a lockstep that was held up itself has not watched meanwhile", async () => {
  const clock = movableClock();
  // two seconds at most count between two looks
  const run = project.start(blindable(4), { clock });
  await run.waitFor((event) => event.type === "tick" && event.remaining < 3.6);
  clock.pass(9);
  const since = clock.mono();
  await run.waitFor((event) => event.type === "finished" && event.step === "linger");
  const went = clock.mono() - since;
  assert.is((await run.story).exitCode, 0);
  assert.ok(went >= 1000, `it went on for ${went} ms, and had more than that to wait`);
});

test("overruled with a reason, the run goes on, and the journal says who", async () => {
  goBlind();
  const run = project.start(guarded([write("one")], { blindAfter: 2, interval: seconds(1) }));
  await run.waitFor(asksBlind);
  await project.answer("rates", { say: "overrule", reason: "Grafana shows 0" });
  const story = await run.story;
  assert.is(story.exitCode, 0);
  const [armed] = ofType(story.events, "guard-armed");
  assert.is(armed?.by?.user, "bo");
  assert.is(armed?.why, "Grafana shows 0");
  assert.equal(project.effects(), ["before", "one"]);
});

for (const onTrip of [rollback, stop])
  test(`told to go back, it is rolled back to where the guard began (on trip: ${onTrip.kind})`, async () => {
    const run = project.start(
      guarded([write("one"), wait("linger", "Linger", seconds(600))], { blindAfter: 2, onTrip }),
    );
    await run.waitFor(({ type }) => type === "tick");
    goBlind();
    await run.waitFor(asksBlind);
    await project.answer("rates", { say: "roll-back" });
    const story = await run.story;
    assert.is(story.exitCode, 4);
    assert.equal(project.effects(), ["before", "one", "undo-one"]);
  });

test("overruled, it is not asked again before it has seen something", async () => {
  goBlind();
  const run = project.start(
    guarded([write("one"), step("look", "Look", sh.read`sleep 1`), write("two")], { blindAfter: 2 }),
  );
  await run.waitFor(asksBlind);
  await project.answer("rates", { say: "overrule", reason: "Grafana shows 0" });
  const story = await run.story;
  assert.is(story.exitCode, 0);
  assert.is(story.events.filter(asksBlind).length, 1);
  assert.equal(project.effects(), ["before", "one", "two"]);
});

test("told to stop, the run stops and can be resumed; it is blind until it sees", async () => {
  const run = project.start(blindable(600));
  await run.waitFor(({ type }) => type === "tick");
  goBlind();
  await run.waitFor(asksBlind);
  await project.answer("rates", { say: "stop" });
  const story = await run.story;
  assert.is(story.exitCode, 3);
  assert.equal(project.effects(), ["before", "one"]);
  const resumed = await project.startResume(blindable(600));
  await resumed.waitFor(asksBlind);
  project.write("rate", "9\n");
  const end = await resumed.story;
  assert.is(end.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("asked once more, it is asked again only when it is still blind", async () => {
  goBlind();
  const run = project.start(guarded([write("one")], { blindAfter: 2 }));
  await run.waitFor(asksBlind);
  await project.answer("rates", { say: "retry" });
  const first = await run.waitFor((event) => event.type === "answered");
  let again = false;
  await run.waitFor((event) => {
    if (event === first) again = true;
    return again && asksBlind(event);
  });
  project.write("rate", "0\n");
  assert.is((await run.story).exitCode, 0);
});

test("killed while it is blind: the resume asks again, starts nothing, and goes on when it sees", async () => {
  const lockstep = await startRun({
    module: "test/runners/guards/guarded-runbooks.ts",
    make: "blindable",
    args: [1],
    root: project.root,
  });
  await lockstep.waitFor(({ type }) => type === "tick");
  goBlind();
  await lockstep.waitFor(asksBlind);
  await lockstep.kill();
  const run = await project.startResume(blindable(1));
  await run.waitFor(asksBlind);
  await run.waitFor(({ type }) => type === "sampled");
  assert.equal(project.effects(), ["before", "one"]);
  project.write("rate", "0\n");
  const story = await run.story;
  assert.is(story.exitCode, 0);
  const words = story.events.map((event) => (event.type === "started" ? event.step : event.type));
  assert.ok(words.indexOf("guard-sees") < words.indexOf("two"));
});

test("a bad number counts although another alert has none", async () => {
  const { errorRate, memory, watchRate } = await import("./guarded-runbooks.ts");
  const { percent, runbook } = await import("../../../dsl/index.ts");
  project.write("memory", "0\n");
  const run = project.start(
    runbook({ id: "two", title: "Two" }, () => [
      watchRate({ alerts: [errorRate.above(percent(1)), memory.above(percent(80))], blindAfter: 50 }),
      write("one"),
      wait("linger", "Linger", seconds(600)),
    ]),
  );
  await run.waitFor(({ type }) => type === "tick");
  rmSync(join(project.root, "memory"));
  project.write("rate", "5\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.match(story.message ?? "", "Error rate 5% is above 1%");
});

test.run();
