import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { JournalEvent } from "../../../runners/events/run-event.ts";
import { createClock } from "../../../runners/journal/clock.ts";
import { openJournal } from "../../../runners/journal/journal-writer.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { isAlive } from "../../../runners/processes/process-identity.ts";
import { movableClock } from "../../support/movable-clock.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture, type StartedRun } from "../../support/run-fixture.ts";
import { type RunProcess, startRun } from "../../support/run-process.ts";
import * as runbooks from "./guarded-runbooks.ts";

const test = suite("kill -9 around a guard that trips");
const module = "test/runners/guards/guarded-runbooks.ts";
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

type Name = Exclude<keyof typeof runbooks, "errorRate" | "memory" | "undo" | "write" | "watchRate" | "guarded">;

const start = (make: Name, resume = false): Promise<RunProcess> =>
  startRun({ module, make, root: project.root, resume });

/** Starts it, waits until the wait has begun, and lets the guard trip. */
async function tripInWait(make: Name): Promise<RunProcess> {
  const lockstep = await start(make);
  await lockstep.waitFor(({ type }) => type === "tick");
  project.write("rate", "5\n");
  return lockstep;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}

test("between the trip and the rollback: the resume rolls back, also when the alert is over", async () => {
  const lockstep = await tripInWait("longWait");
  await lockstep.waitFor(({ type }) => type === "guard-tripped");
  await lockstep.kill();
  project.write("rate", "0\n");
  const story = await project.resume(runbooks.longWait());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one"]);
});

test("right after the trip was written, whatever else was not", async () => {
  const lockstep = await start("longWait");
  await lockstep.waitFor(({ type }) => type === "tick");
  await lockstep.kill();
  // what a lockstep that died in this very moment leaves
  const journal = await openJournal<JournalEvent>((await project.folder()).path, { clock: createClock() });
  await journal.append({ type: "guard-tripped", guard: "rates", why: "Error rate 5% is above 1%" }, { sync: true });
  await journal.close();
  const story = await project.resume(runbooks.longWait());
  assert.is(story.exitCode, 4);
  assert.equal(ofType(story.events, "sampled"), []);
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one"]);
});

test("after the bad sample was written and before the trip was: it trips all the same", async () => {
  const lockstep = await start("longWait");
  await lockstep.waitFor(({ type }) => type === "tick");
  await lockstep.kill();
  const last = (await project.journal()).filter(({ type }) => type === "sampled").at(-1) as JournalEvent & {
    type: "sampled";
  };
  const samples = last.samples.map((sample) => ({ ...sample, value: 7, bad: true }));
  const journal = await openJournal<JournalEvent>((await project.folder()).path, { clock: createClock() });
  await journal.append({ type: "sampled", guard: "rates", samples }, { sync: true });
  await journal.close();
  const story = await project.resume(runbooks.longWait());
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "guard-tripped")[0]?.why ?? "", "Error rate 7% is above 1%");
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one"]);
});

test("during an undo: the resume waits for it, and no undo is done twice", async () => {
  const lockstep = await tripInWait("slowUndo");
  await until(() => project.effects().includes("undoing-two"));
  await lockstep.kill();
  project.write("go-on", "");
  const story = await project.resume(runbooks.slowUndo());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "two", "undoing-two", "undo-two", "undo-one"]);
  assert.equal(outcomesOf(story.events, "two"), ["undone"]);
});

test("after one of two undo actions: the resume goes on with the second", async () => {
  const lockstep = await tripInWait("slowSecondUndo");
  await lockstep.waitFor((event) => event.type === "started" && event.step === "undo:one.2");
  await lockstep.kill();
  project.write("go-on", "");
  const story = await project.resume(runbooks.slowSecondUndo());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one-a", "undo-one-b"]);
});

test("again and again during the rollback", async () => {
  let lockstep = await tripInWait("slowSecondUndo");
  await lockstep.waitFor((event) => event.type === "finished" && event.step === "undo:two.1");
  await lockstep.kill();
  for (let kill = 0; kill < 3; kill += 1) {
    lockstep = await start("slowSecondUndo", true);
    await lockstep.waitFor((event) => event.type === "started" && event.step === "undo:one.2");
    await lockstep.kill();
  }
  project.write("go-on", "");
  const story = await project.resume(runbooks.slowSecondUndo());
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one-a", "undo-one-b"]);
});

test("while a write runs: it is left to end before anything is undone", async () => {
  const lockstep = await start("slowWrite");
  await until(() => project.effects().includes("slow-begins"));
  project.write("rate", "5\n");
  await lockstep.waitFor(({ type }) => type === "guard-tripped");
  await lockstep.kill();
  const resumed = project.startResume(runbooks.slowWrite());
  const run = await resumed;
  await run.waitFor(({ type }) => type === "resumed");
  await new Promise((resolve) => setTimeout(resolve, 300));
  project.write("go-on", "");
  const story = await run.story;
  assert.equal(project.effects(), ["before", "one", "slow-begins", "slow-ends", "undo-slow", "undo-one"]);
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(story.events, "slow"), ["ok", "undone"]);
});

test("while a write runs, when the guard trips only after the resume", async () => {
  const lockstep = await start("slowWrite");
  await until(() => project.effects().includes("slow-begins"));
  await lockstep.kill();
  project.write("rate", "5\n");
  const run = await project.startResume(runbooks.slowWrite());
  await run.waitFor(({ type }) => type === "guard-tripped");
  await new Promise((resolve) => setTimeout(resolve, 300));
  project.write("go-on", "");
  const story = await run.story;
  assert.equal(project.effects(), ["before", "one", "slow-begins", "slow-ends", "undo-slow", "undo-one"]);
  assert.is(story.exitCode, 4);
});

test("while a write runs that may be interrupted: it is ended", async () => {
  const lockstep = await start("slowWriteThatMayBeInterrupted");
  await until(() => project.effects().includes("slow-begins"));
  await lockstep.kill();
  project.write("rate", "5\n");
  const story = await project.resume(runbooks.slowWriteThatMayBeInterrupted());
  assert.equal(outcomesOf(story.events, "slow"), ["unknown"]);
  assert.is(story.exitCode, 75);
  assert.match(story.message ?? "", "Undo");
});

test("while a read runs: it is ended", async () => {
  const lockstep = await start("slowRead");
  await until(() => project.exists("grandchild") && project.read("grandchild") !== "");
  const pid = Number(project.read("grandchild"));
  const { startTime = "gone" } = readProcess(pid) ?? {};
  project.write("rate", "5\n");
  await lockstep.kill();
  const story = await project.resume(runbooks.slowRead());
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(story.events, "look"), ["not-started"]);
  assert.not(isAlive({ pid, startTime, boot: readBootId() }));
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("during a question: the resume samples first, and rolls back without asking again", async () => {
  const lockstep = await start("asking");
  await lockstep.waitFor(({ type }) => type === "asked");
  await lockstep.kill();
  project.write("rate", "5\n");
  const story = await project.resume(runbooks.asking());
  assert.is(story.exitCode, 4);
  assert.equal(ofType(story.events, "asked"), []);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("while the runbook of its onTrip runs: the resume goes on with that", async () => {
  const lockstep = await tripInWait("including");
  await lockstep.waitFor((event) => event.type === "started" && event.step === "back/tell");
  await lockstep.kill();
  project.write("go-on", "");
  const story = await project.resume(runbooks.including());
  assert.is(story.exitCode, 4);
  assert.is(story.state, "answered");
  assert.equal(project.effects(), ["before", "one", "blue", "told"]);
});

test("a run that is killed in a guarded wait samples before it goes on, and says how long nobody watched", async () => {
  const lockstep = await start("longWait");
  await lockstep.waitFor(({ type }) => type === "tick");
  await lockstep.kill();
  const interrupted = new AbortController();
  const run = await project.startResume(runbooks.longWait(), { signal: interrupted.signal });
  await run.waitFor(({ type }) => type === "tick");
  interrupted.abort("SIGINT");
  const story = await run.story;
  const words = story.events.map(({ type }) => type);
  assert.ok(words.indexOf("guard-gap") > 0);
  assert.ok(words.indexOf("sampled") > words.indexOf("guard-gap"));
  assert.ok(words.indexOf("tick") > words.indexOf("sampled"));
  assert.equal(ofType(story.events, "guard-opened"), []);
  assert.is(typeof ofType(story.events, "guard-gap")[0]?.seconds, "number");
});

for (const [where, boot, fits] of [
  ["within a boot by the monotonic clock, whatever the wall clock did", undefined, (gap: number) => gap < 3600],
  ["across boots by the wall clock", "another-boot", (gap: number) => gap >= 86_400],
] as const)
  test(`how long nobody watched is told ${where}`, async () => {
    const goOn = async (begin: (signal: AbortSignal) => Promise<StartedRun>) => {
      const interrupted = new AbortController();
      const run = await begin(interrupted.signal);
      await run.waitFor(({ type }) => type === "tick");
      interrupted.abort("SIGINT");
      return run.story;
    };
    await goOn(async (signal) => project.start(runbooks.longWait(), { signal }));
    const clock = movableClock(boot);
    clock.jump(86_400);
    const story = await goOn((signal) => project.startResume(runbooks.longWait(), { signal, clock }));
    const { seconds = -1 } = ofType(story.events, "guard-gap")[0] ?? {};
    assert.ok(seconds >= 0 && fits(seconds), `${seconds}s`);
  });

test.run();
