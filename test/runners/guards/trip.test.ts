import { suite } from "uvu";
import * as assert from "uvu/assert";
import {
  below,
  notNeeded,
  output,
  parallel,
  repeat,
  rollback,
  runbook,
  seconds,
  sh,
  step,
  wait,
} from "../../../dsl/index.ts";
import { readBootId } from "../../../runners/processes/boot-id.ts";
import { readProcess } from "../../../runners/processes/process-entry.ts";
import { isAlive } from "../../../runners/processes/process-identity.ts";
import { createRunFixture, ofType, outcomesOf, type RunFixture } from "../../support/run-fixture.ts";
import {
  approving,
  asking,
  guarded,
  including,
  longWait,
  slowRead,
  slowWrite,
  slowWriteThatMayBeInterrupted,
  undo,
  write,
} from "./guarded-runbooks.ts";

const test = suite("a guard that trips");
let project: RunFixture;
test.before.each(() => {
  project = createRunFixture();
  project.write("rate", "0\n");
});
test.after.each(() => project.clean());

/** The order of what matters, as words. */
function orderOf(events: readonly { readonly type: string; readonly step?: string }[]): readonly string[] {
  return events.flatMap((event) => {
    if (event.type.startsWith("guard-") || event.type === "rollback-started" || event.type === "ended")
      return [event.type];
    if (event.type === "started" && event.step?.startsWith("undo:")) return [event.step];
    return [];
  });
}

test("during a wait ends it at once, and undoes what ran since the guard, newest first", async () => {
  const run = project.start(longWait());
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "3.4\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.is(story.state, "rolled-back");
  assert.match(story.message ?? "", "Error rate 3.4% is above 1%");
  assert.equal(project.effects(), ["before", "one", "two", "undo-two", "undo-one"]);
  assert.equal(outcomesOf(story.events, "linger"), ["not-started"]);
  assert.equal(outcomesOf(story.events, "before"), ["ok"]);
  assert.equal(outcomesOf(story.events, "one"), ["ok", "undone"]);
  assert.equal(orderOf(story.events), [
    "guard-opened",
    "guard-tripped",
    "rollback-started",
    "undo:two.1",
    "undo:one.1",
    "ended",
  ]);
  assert.is(ofType(story.events, "guard-tripped")[0]?.during, "linger");
});

test("during a read ends all that it started", async () => {
  const run = project.start(slowRead());
  while (!project.exists("grandchild") || project.read("grandchild") === "")
    await new Promise((resolve) => setTimeout(resolve, 20));
  const pid = Number(project.read("grandchild"));
  const startTime = readProcess(pid)?.startTime ?? "gone";
  assert.ok(isAlive({ pid, startTime, boot: readBootId() }));
  project.write("rate", "2\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.not(isAlive({ pid, startTime, boot: readBootId() }));
  assert.equal(outcomesOf(story.events, "look"), ["not-started"]);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

for (const [what, make] of [
  ["checklist", asking],
  ["approval", approving],
] as const)
  test(`withdraws a question that is asked: ${what}`, async () => {
    const asked: AbortSignal[] = [];
    const run = project.start(make(), {
      prompter: {
        ask: (_question, signal) => {
          asked.push(signal);
          return new Promise(() => {});
        },
      },
    });
    await run.waitFor(({ type }) => type === "asked");
    project.write("rate", "2\n");
    const story = await run.story;
    assert.is(story.exitCode, 4);
    assert.equal(project.effects(), ["before", "one", "undo-one"]);
    assert.equal(
      asked.map(({ aborted }) => aborted),
      [true],
    );
  });

test("leaves a running write to end, and starts nothing after it", async () => {
  const run = project.start(slowWrite());
  await run.waitFor((event) => event.type === "started" && event.step === "slow");
  project.write("rate", "2\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "slow-begins", "slow-ends", "undo-slow", "undo-one"]);
});

test("ends a write that may be interrupted, whose undo then needs a person", async () => {
  const run = project.start(slowWriteThatMayBeInterrupted());
  await run.waitFor((event) => event.type === "started" && event.step === "slow");
  while (!project.effects().includes("slow-begins")) await new Promise((resolve) => setTimeout(resolve, 20));
  project.write("rate", "2\n");
  const story = await run.story;
  assert.equal(outcomesOf(story.events, "slow"), ["unknown"]);
  assert.is(story.exitCode, 75);
  assert.equal(project.effects(), ["before", "one", "slow-begins"]);
  await project.answer("undo:slow", { say: "undo", reason: "it had begun" });
  const resumed = await project.resume();
  assert.is(resumed.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "slow-begins", "undo-slow", "undo-one"]);
});

test("in a parallel lets its writes end, ends its reads, and undoes them one at a time", async () => {
  const together = guarded([
    parallel("some", "Some", [
      write("a") as never,
      step("b", "Do b", sh`until [ -e go-on ]; do sleep 0.02; done; echo b >> effects`, {
        undo: sh`echo undo-b-begins >> effects; sleep 0.1; echo undo-b >> effects`,
        timeout: seconds(20),
      }),
      step("c", "Look", sh.read`sleep 300`),
      step("d", "Do d", sh`echo d >> effects`, { undo, timeout: seconds(20), after: ["b"] }),
    ]),
  ]);
  const run = project.start(together);
  await run.waitFor((event) => event.type === "started" && event.step === "c");
  await run.waitFor((event) => event.type === "finished" && event.step === "a");
  project.write("rate", "2\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(outcomesOf(story.events, "c"), ["not-started"]);
  assert.equal(outcomesOf(story.events, "d"), []);
  const started = ofType(story.events, "started").map(({ step: key }) => key);
  const undone = started.filter((key) => key.startsWith("undo:"));
  const writes = started.filter((key) => key === "a" || key === "b");
  assert.equal(
    undone,
    writes.reverse().map((key) => `undo:${key}.1`),
  );
  // one at a time: nothing comes between the beginning and the end of one undo
  const effects = project.effects();
  assert.is(effects.indexOf("undo-b"), effects.indexOf("undo-b-begins") + 1);
  assert.equal([...effects].sort(), ["a", "b", "before", "undo-a", "undo-b", "undo-b-begins"]);
});

test("is tripped by a step of its range that fails", async () => {
  const story = await project.run(guarded([write("one"), step("bad", "Fail", sh.read`(exit 3)`), write("never")]));
  assert.is(story.exitCode, 4);
  assert.match(ofType(story.events, "guard-tripped")[0]?.why ?? "", "failed: exit code 3");
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("is not tripped by a failure that has an answer of its own", async () => {
  const story = await project.run(
    guarded([
      write("one"),
      step("bad", "Fail", sh.read`(exit 3)`, { onFailure: step("mend", "Mend", sh`echo mended >> effects`, { undo }) }),
      write("never"),
    ]),
  );
  assert.is(story.exitCode, 4);
  assert.is(story.state, "answered");
  assert.equal(ofType(story.events, "guard-tripped"), []);
  assert.equal(project.effects(), ["before", "one", "mended"]);
});

test("wins over the answer of a step that fails meanwhile", async () => {
  const run = project.start(
    guarded([
      write("one"),
      step("bad", "Fail", sh`until [ -e go-on ]; do sleep 0.02; done; (exit 3)`, {
        undo: notNeeded("it does nothing"),
        timeout: seconds(20),
        onFailure: step("mend", "Mend", sh`echo mended >> effects`, { undo }),
      }),
    ]),
  );
  await run.waitFor((event) => event.type === "started" && event.step === "bad");
  project.write("rate", "2\n");
  await run.waitFor(({ type }) => type === "guard-tripped");
  project.write("go-on", "");
  const story = await run.story;
  assert.is(story.state, "rolled-back");
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
});

test("with rollback.all undoes what ran before it, too", async () => {
  const run = project.start(guarded([write("one"), wait("linger", "Linger", seconds(600))], { onTrip: rollback.all }));
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "2\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.equal(project.effects(), ["before", "one", "undo-one", "undo-before"]);
});

test("runs the runbook that its onTrip includes", async () => {
  project.write("go-on", "");
  const run = project.start(including());
  await run.waitFor(({ type }) => type === "tick");
  project.write("rate", "2\n");
  const story = await run.story;
  assert.is(story.exitCode, 4);
  assert.is(story.state, "answered");
  assert.equal(project.effects(), ["before", "one", "blue", "told"]);
});

test("needs as many bad samples as it says", async () => {
  // the first two samples of the run are bad
  project.write(
    "rate.sh",
    "n=$(cat count 2>/dev/null || echo 0); echo $((n + 1)) > count; [ $n -lt 2 ] && echo 5 || echo 0\n",
  );
  const { measurement, onlyNumber, percent, guard } = await import("../../../dsl/index.ts");
  const counted = measurement("counted", "Counted", {
    measures: "a count",
    unit: "%",
    query: sh.read`bash rate.sh`,
    reading: onlyNumber,
  });
  const tolerant = (failures: number) =>
    runbook({ id: "tolerant", title: "Tolerant" }, () => [
      guard("g", "Watch", { alerts: [counted.above(percent(1))], onTrip: rollback, interval: seconds(0.1), failures }),
      write("one"),
      wait("linger", "Linger", seconds(0.8)),
    ]);
  const three = await project.run(tolerant(3));
  assert.is(three.exitCode, 0);
  project.write("count", "0");
  const two = await project.run(tolerant(2));
  assert.is(two.exitCode, 4);
});

test("by a repeat that reaches its limit: its last step is ok, and does not answer for it", async () => {
  const never = repeat("drain", "Drain", { limit: 2, every: seconds(0) }, () => {
    const count = step("count", "Count", sh.read`echo 5`, {
      outputs: { left: output.integer() },
      onFailure: [step("clean", "Clean", sh`echo cleaned >> effects`, { undo })],
    });
    return { body: [count], until: below(count.outputs.left, 1) };
  });
  const story = await project.run(guarded([write("one"), never, write("two")]));
  assert.is(story.exitCode, 4, story.message);
  assert.match(story.message ?? "", /failed: after 2 passes it is still not so that .* is below 1/);
  assert.equal(project.effects(), ["before", "one", "undo-one"]);
  assert.is(ofType(story.events, "guard-tripped")[0]?.during, "count");
});

test.run();
