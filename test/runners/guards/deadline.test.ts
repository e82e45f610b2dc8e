import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { checklist, gate, LockstepError, percent, seconds, sh, step, wait } from "../../../dsl/index.ts";
import type { Answer, Prompter } from "../../../runners/questions/question.ts";
import { until } from "../../support/attempt-fixture.ts";
import { killAttempts } from "../../support/kill-attempts.ts";
import { createRunFixture, ofType, type RunFixture } from "../../support/run-fixture.ts";
import { startRun } from "../../support/run-process.ts";
import { asking, guarded, memory, slowWrite, write } from "./guarded-runbooks.ts";

const test = suite("a question in the range of a guard");
let project: RunFixture;
const setTimer = globalThis.setTimeout;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => {
  globalThis.setTimeout = setTimer;
  return project.clean();
});

const quarter = 15 * 60;

/**
 * A deadline of a quarter of an hour, which is also what lockstep gives people who were given none, passes when a test says so.
 *
 * @returns Lets it pass, once somebody waits for it.
 */
function holdDeadline(): () => Promise<void> {
  const waiting: (() => void)[] = [];
  globalThis.setTimeout = ((run: () => void, delay?: number, ...args: unknown[]) => {
    if (delay !== quarter * 1000) return setTimer(run, delay, ...(args as []));
    waiting.push(run);
    return setTimer(() => {}, 0);
  }) as typeof setTimeout;
  return async () => {
    await until(() => waiting.length > 0);
    for (const run of waiting.splice(0)) run();
  };
}

test("without a deadline is refused unattended, before anything happens", async () => {
  const without = guarded([write("one"), checklist("look", "Look at it", ["Users are served"])]);
  try {
    await project.run(without);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, LockstepError);
    assert.is((error as LockstepError).code, "deadline-missing");
  }
  assert.equal(project.effects(), []);
  const runs = join(project.root, ".lockstep", "runs");
  assert.equal(existsSync(runs) ? readdirSync(runs) : [], []);
});

test("without a deadline is refused by an unattended resume as well", async () => {
  const asks = guarded([write("one"), checklist("look", "Look at it", ["Users are served"]), write("two")]);
  const left: Prompter = { ask: async () => ({ say: "stop" }) };
  assert.is((await project.run(asks, { mode: "interactive", prompter: left })).exitCode, 3);
  const before = (await project.journal()).length;
  const code = await project.resume(asks).catch((error: LockstepError) => error.code);
  assert.is(code, "deadline-missing");
  assert.is((await project.journal()).length, before);
  const ticks: Prompter = {
    ask: async ({ kind }) => (kind === "checklist" ? { say: "tick", items: [1] } : { say: "stop" }),
  };
  const ticked = await project.resume(asks, { mode: "interactive", prompter: ticks });
  assert.is(ticked.exitCode, 0, ticked.message);
});

test("that is not answered in time trips it", async () => {
  const story = await project.run(asking(0.4));
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "guard-tripped")[0]?.why ?? "", "was not answered in time");
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("keeps the run alive, watched, until it is answered from elsewhere", async () => {
  const run = project.start(asking(60));
  await run.waitFor(({ type }) => type === "asked");
  let samples = 0;
  await run.waitFor(({ type }) => type === "sampled" && ++samples > 4);
  await project.answer("look", { say: "tick", items: [1] });
  const story = await run.story;
  assert.is(story.exitCode, 0);
  assert.equal(ofType(story.events, "stopped"), []);
  assert.equal(project.effects(), ["before", "one", "two"]);
});

test("is not given more time by an answer that does not count", async () => {
  const passDeadline = holdDeadline();
  const run = project.start(asking(quarter));
  await run.waitFor(({ type }) => type === "asked");
  await project.answer("look", { say: "tick", items: [7] });
  await run.waitFor(({ type }) => type === "noted");
  await passDeadline();
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "there is no item 7");
  assert.is(ofType(story.events, "asked").length, 1);
});

test("a blind guard that nobody answers trips", async () => {
  const passDeadline = holdDeadline();
  const run = project.start(guarded([write("one"), wait("linger", "Linger", seconds(600))], { blindAfter: 2 }));
  await run.waitFor(({ type }) => type === "tick");
  rmSync(join(project.root, "rate"));
  await passDeadline();
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "guard-tripped")[0]?.why ?? "", "blind");
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("of a gate without numbers, that nobody answers, trips it", async () => {
  const passDeadline = holdDeadline();
  const run = project.start(
    guarded([
      write("one"),
      gate("steady", "Steady", {
        failIf: [memory.above(percent(80))],
        hold: seconds(1),
        interval: seconds(0.1),
        blindAfter: 2,
      }),
    ]),
  );
  await passDeadline();
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.is(ofType(story.events, "asked")[0]?.question.kind, "inconclusive");
  assert.is(ofType(story.events, "asked")[0]?.question.deadlineSeconds, 900);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("about a write of which nobody knows how it ended trips it, if nobody answers", async () => {
  const lockstep = await startRun({
    module: "test/runners/guards/guarded-runbooks.ts",
    make: "slowWrite",
    root: project.root,
  });
  await until(() => project.effects().includes("slow-begins"));
  await lockstep.kill();
  killAttempts(project.root);
  const passDeadline = holdDeadline();
  const run = await project.startResume(slowWrite());
  await passDeadline();
  const story = await run.story;
  assert.equal(
    ofType(story.events, "asked").map(({ question }) => question.kind),
    ["unknown", "rollback"],
  );
  assert.is(ofType(story.events, "guard-tripped").length, 1);
  assert.is(story.exitCode, 75);
});

const attended = (answers: Readonly<Record<string, Answer>>, signals: AbortSignal[] = []): Prompter => ({
  ask: (question, signal) => {
    signals.push(signal);
    const answer = answers[question.kind];
    return answer ? Promise.resolve(answer) : new Promise(() => {});
  },
});

test("about a failure, left without a retry, trips it", async () => {
  const story = await project.run(guarded([write("one"), step("bad", "Fail", sh.read`(exit 3)`)]), {
    mode: "interactive",
    prompter: attended({ failed: { say: "stop" } }),
  });
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("about a failure is withdrawn when the guard trips meanwhile", async () => {
  const signals: AbortSignal[] = [];
  const run = project.start(guarded([write("one"), step("bad", "Fail", sh.read`(exit 3)`)]), {
    mode: "interactive",
    prompter: attended({}, signals),
  });
  await run.waitFor(({ type }) => type === "asked");
  project.write("rate", "5\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(
    signals.map(({ aborted }) => aborted),
    [true],
  );
});

test("has nothing to skip: a failure there is mended or goes back", async () => {
  let asked = 0;
  const story = await project.run(guarded([write("one"), step("bad", "Fail", sh.read`(exit 3)`), write("two")]), {
    mode: "interactive",
    prompter: {
      ask: async ({ kind }) => (kind === "failed" && asked++ === 0 ? { say: "skip", reason: "no" } : { say: "stop" }),
    },
  });
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "noted")[0]?.text ?? "", "nothing is skipped");
  assert.not(project.effects().includes("two"));
});
test("that is answered in the moment of the trip changes nothing: it goes back", async () => {
  const lingering = guarded([
    write("one"),
    checklist("look", "Look at it", ["Users are served"], { deadline: seconds(60) }),
    write("two"),
    wait("linger", "Linger", seconds(600)),
  ]);
  for (let round = 0; round < 3; round += 1) {
    const fresh = createRunFixture();
    try {
      fresh.write("rate", "0\n");
      const run = fresh.start(lingering);
      await run.waitFor(({ type }) => type === "asked");
      fresh.write("rate", "5\n");
      if (round === 1) await run.waitFor(({ type }) => type === "guard-tripped");
      await fresh.answer("look", { say: "tick", items: [1] });
      const story = await run.story;
      // the answer may have come first, and the next write, too; then that is undone as well
      assert.is(story.exitCode, 4);
      const { effects } = fresh;
      assert.is(effects().includes("two"), effects().includes("undo-two"));
      assert.is(effects().at(-1), "undo-one");
    } finally {
      await fresh.clean();
    }
  }
});

test.run();
