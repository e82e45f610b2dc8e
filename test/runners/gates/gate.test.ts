import { suite } from "uvu";
import * as assert from "uvu/assert";
import { measurement, onlyNumber, percent, runbook, seconds, sh } from "../../../dsl/index.ts";
import type { JournalEvent, SampledEvent } from "../../../runners/events/run-event.ts";
import { type Clock, createClock } from "../../../runners/journal/clock.ts";
import { journalOf } from "../../support/journal-of.ts";
import { createRunFixture, finishedOf, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { gated, long, tolerant } from "./gate-runbooks.ts";
import { type Answer, type PrometheusServer, startPrometheus } from "./prometheus-server.ts";

const test = suite("a gate");
let project: RunFixture;
let prometheus: PrometheusServer;
test.before.each(async () => {
  project = createRunFixture();
  prometheus = await startPrometheus();
});
test.after.each(async () => {
  await prometheus.close();
  await project.clean();
});

test("passes with the samples that its interval implies", async () => {
  const story = await project.run(gated(prometheus.url));
  assert.is(story.exitCode, 0);
  const samples = ofType(story.events, "sampled");
  assert.ok(samples.length >= 5, `${samples.length} samples`);
  assert.is(samples[0]?.gate, "steady");
  assert.is(samples[0]?.samples[0]?.value, 0);
  assert.match(finishedOf(story.events, "steady")[0]?.remark ?? "", "no alert for");
  assert.equal(project.effects(), ["next"]);
  assert.is(prometheus.queries[0], "100 * sum(rate(errors[1m]))");
});

test("does not pass on its first sample, however long that took", async () => {
  const slow = measurement("slow", "Slow", {
    measures: "x",
    unit: "%",
    query: sh.read`sleep 0.6; echo 0`,
    reading: onlyNumber,
  });
  const { gate } = await import("../../../dsl/index.ts");
  const story = await project.run(
    runbook({ id: "r", title: "R" }, () => [
      gate("g", "G", { failIf: [slow.above(percent(1))], hold: seconds(0.2), interval: seconds(0.1) }),
    ]),
  );
  assert.is(story.exitCode, 0);
  assert.ok(ofType(story.events, "sampled").length >= 3);
});

test("fails at one bad sample, and says which", async () => {
  prometheus.answer(0, 0, 3.4, 0);
  const story = await project.run(gated(prometheus.url));
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "Error rate 3.4% is above 1%");
  assert.is(ofType(story.events, "sampled").length, 3);
  assert.equal(project.effects(), []);
});

test("tolerates one bad sample where two make it fail, and then holds its time again", async () => {
  prometheus.answer(0, 0, 3.4, 0);
  const story = await project.run(gated(prometheus.url, { failures: 2 }));
  assert.is(story.exitCode, 0);
  const good = ofType(story.events, "sampled").map(({ samples }) => samples[0]?.value);
  assert.equal(good.slice(0, 3), [0, 0, 3.4]);
  assert.ok(good.slice(3).length >= 5);
  prometheus.answer(0, 3.4, 0, 3.4, 0);
  assert.is((await project.run(gated(prometheus.url, { failures: 2 }))).exitCode, 1);
});

const noNumber: readonly (readonly [string, Answer, string])[] = [
  ["no series", { series: [] }, "no series"],
  ["several series", { series: [0, 0, 0] }, "3 series instead of one"],
  ["NaN", { series: ["NaN"] }, "NaN is no number"],
  ["infinity", { series: ["+Inf"] }, "no number"],
  ["an old number", { series: [0], age: 600 }, "it is 600s old"],
  ["an error of the server", { status: 503, body: "overloaded" }, "503"],
  ["an error of the query", { status: 200, body: '{"status":"error","error":"parse error"}' }, "parse error"],
  ["no JSON", { status: 200, body: "<html>" }, "no JSON"],
  ["nothing", { status: 200, body: "" }, "printed nothing"],
  ["JSON that is no answer", { status: 200, body: "[]" }, "did not succeed"],
  ["null", { status: 200, body: "null" }, ""],
  ["a series without a value", { status: 200, body: '{"status":"success","data":{"result":[{}]}}' }, "no value"],
];
for (const [name, answer, reason] of noNumber)
  test(`without a number never passes by itself: ${name}`, async () => {
    prometheus.answer(answer);
    const story = await project.run(gated(prometheus.url));
    assert.is(story.exitCode, 75);
    assert.is(story.step, "steady");
    const [asked] = ofType(story.events, "asked");
    assert.is(asked?.question.kind, "inconclusive");
    assert.match(JSON.stringify(asked), reason);
    assert.is(ofType(story.events, "sampled").length, 2);
    assert.ok(ofType(story.events, "sampled").every(({ samples }) => samples[0]?.value === undefined));
    assert.equal(project.effects(), []);
  });

test("reads a scalar", async () => {
  prometheus.answer({ scalar: 0.2 });
  const story = await project.run(gated(prometheus.url));
  assert.is(story.exitCode, 0);
  assert.is(ofType(story.events, "sampled")[0]?.samples[0]?.value, 0.2);
});

test("that nobody can reach is inconclusive", async () => {
  await prometheus.close();
  const story = await project.run(gated(prometheus.url));
  assert.is(story.exitCode, 75);
  assert.match(JSON.stringify(ofType(story.events, "asked")), /connect|refused/i);
  prometheus = await startPrometheus();
});

test("a round without a number proves nothing, for or against", async () => {
  prometheus.answer(0, { series: [] }, 0, { series: [] }, 0, { series: [] }, 0);
  const story = await project.run(gated(prometheus.url));
  assert.is(story.exitCode, 0);
  const numbers = ofType(story.events, "sampled").filter(({ samples }) => samples[0]?.value === 0);
  assert.ok(numbers.length >= 5);
});

test("inconclusive, resumed, it samples again; with numbers it passes", async () => {
  prometheus.answer({ series: [] });
  assert.is((await project.run(gated(prometheus.url))).exitCode, 75);
  prometheus.answer(0);
  const story = await project.resume(gated(prometheus.url));
  assert.is(story.exitCode, 0);
  assert.ok(ofType(story.events, "sampled").length >= 5);
});

test("overruled from elsewhere, with a reason, it counts, and the journal says who", async () => {
  prometheus.answer({ series: [] });
  assert.is((await project.run(gated(prometheus.url))).exitCode, 75);
  await project.answer("steady", { say: "overrule", reason: "" });
  assert.is((await project.resume(gated(prometheus.url))).exitCode, 75);
  await project.answer("steady", { say: "overrule", reason: "no traffic at night" });
  const story = await project.resume(gated(prometheus.url));
  assert.is(story.exitCode, 0);
  assert.equal(outcomesOf(story.events, "steady"), ["overruled"]);
  assert.match(finishedOf(story.events, "steady")[0]?.remark ?? "", "bo: no traffic at night");
  assert.equal(project.effects(), ["next"]);
});

test("a bad number fails it, also when another alert has none for too long", async () => {
  const { gate } = await import("../../../dsl/index.ts");
  const of = (id: string) =>
    measurement(id, id, { measures: "x", unit: "%", query: sh.read`cat ${id}`, reading: onlyNumber });
  project.write("here", "5\n");
  const story = await project.run(
    runbook({ id: "r", title: "R" }, () => [
      gate("g", "G", {
        failIf: [of("gone").above(percent(1)), of("here").above(percent(1))],
        hold: seconds(0.3),
        interval: seconds(0.1),
        failures: 2,
        blindAfter: 2,
      }),
    ]),
  );
  assert.is(story.exitCode, 1);
  assert.match(story.message ?? "", "here 5% is above 1%");
});

/** A clock by which so many milliseconds have passed since the last line of the journal, however long the machine took. */
function clockSinceTheKill(passed: number): Clock {
  const real = createClock();
  const ahead = real.mono() - Number(journalOf(project.root).at(-1)?.["mono"]) - passed;
  return { ...real, mono: () => real.mono() - ahead };
}

test("killed and resumed at once, it goes on with its samples", async () => {
  const lockstep = await startRun({
    module: "test/runners/gates/gate-runbooks.ts",
    make: "long",
    args: [prometheus.url],
    root: project.root,
  });
  let samples = 0;
  await lockstep.waitFor(({ type }) => type === "sampled" && ++samples === 3);
  await lockstep.kill();
  const story = await project.resume(long(prometheus.url), { clock: clockSinceTheKill(0) });
  assert.is(story.exitCode, 0);
  assert.equal(
    ofType(story.events, "started").map(({ step }) => step),
    ["next"],
  );
  const all = (await project.journal()).filter(({ type }) => type === "sampled");
  // five in all if nothing was lost; ten if it had begun anew
  assert.ok(all.length >= 5 && all.length < 8, `${all.length} samples`);
});

test("killed, and resumed after longer than its interval allows, it holds its time again", async () => {
  const lockstep = await startRun({
    module: "test/runners/gates/gate-runbooks.ts",
    make: "long",
    args: [prometheus.url],
    root: project.root,
  });
  let samples = 0;
  await lockstep.waitFor(({ type }) => type === "sampled" && ++samples === 4);
  await lockstep.kill();
  const story = await project.resume(long(prometheus.url), { clock: clockSinceTheKill(2300) });
  assert.is(story.exitCode, 0);
  assert.ok(ofType(story.events, "sampled").length >= 5);
});

test("a bad sample before Ctrl-C still counts after it", async () => {
  prometheus.answer(0, 9, 0);
  const ctrlC = new AbortController();
  const run = project.start(tolerant(prometheus.url), { signal: ctrlC.signal });
  let samples = 0;
  await run.waitFor(({ type }) => type === "sampled" && ++samples === 3);
  ctrlC.abort("SIGINT");
  assert.is((await run.story).exitCode, 130);
  prometheus.answer(0, 9);
  const story = await project.resume(tolerant(prometheus.url));
  assert.is(story.exitCode, 1);
  assert.is(ofType(story.events, "sampled").length, 2);
});

test("a bad sample before the kill still counts after it", async () => {
  prometheus.answer(0, 9, 0);
  const lockstep = await startRun({
    module: "test/runners/gates/gate-runbooks.ts",
    make: "tolerant",
    args: [prometheus.url],
    root: project.root,
  });
  let samples = 0;
  await lockstep.waitFor(({ type }) => type === "sampled" && ++samples === 3);
  await lockstep.kill();
  prometheus.answer(0, 9);
  const story = await project.resume(tolerant(prometheus.url));
  assert.is(story.exitCode, 1);
});

test("a bad sample right before the kill fails it", async () => {
  prometheus.answer(0, 9, 0);
  const lockstep = await startRun({
    module: "test/runners/gates/gate-runbooks.ts",
    make: "long",
    args: [prometheus.url],
    root: project.root,
  });
  let samples = 0;
  await lockstep.waitFor(({ type }) => type === "sampled" && ++samples === 1);
  await lockstep.kill();
  // what a lockstep that died between the sample and its verdict leaves
  const { openJournal } = await import("../../../runners/journal/journal-writer.ts");
  const { createClock } = await import("../../../runners/journal/clock.ts");
  const last = (await project.journal()).filter(({ type }) => type === "sampled").at(-1) as SampledEvent;
  const journal = await openJournal<JournalEvent>((await project.folder()).path, { clock: createClock() });
  await journal.append(
    { type: "sampled", gate: "steady", samples: last.samples.map((sample) => ({ ...sample, value: 9, bad: true })) },
    { sync: true },
  );
  await journal.close();
  prometheus.answer(0);
  const story = await project.resume(long(prometheus.url));
  assert.is(story.exitCode, 1);
});

test("interrupted during its delay, ends", async () => {
  const interrupted = new AbortController();
  const run = project.start(gated(prometheus.url, { delay: seconds(600) }), { signal: interrupted.signal });
  await run.waitFor((event) => event.type === "started");
  interrupted.abort("SIGINT");
  const story = await run.story;
  assert.is(story.exitCode, 130);
  assert.equal(prometheus.queries, []);
});

test.run();
