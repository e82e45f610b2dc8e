import type { PlanAction } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { pause } from "../engine/pause.ts";
import { createBlindness } from "../guards/blindness.ts";
import { sampleAlerts } from "../guards/sample-alerts.ts";
import { sayBad } from "../guards/say-samples.ts";
import type { Attempt, AttemptResult } from "./executor.ts";

type Gate = Extract<PlanAction, { readonly kind: "gate" }>;

/** Samples until no alert has held for long enough, one held too often, or there are no numbers to judge by. */
export async function executeGate(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key, signal } = attempt;
  const gate = step.action as Gate;
  const progress = progressOf(engine, key, gate);
  if (progress.rounds === 0) await pause(gate.delaySeconds, signal);
  const blindness = createBlindness(gate.blindAfter);
  for (;;) {
    if (signal.aborted) return { kind: "ended", remark: "ended while it was sampling" };
    const samples = await sampleAlerts(engine, gate.failIf, gate.intervalSeconds, signal);
    if (signal.aborted) continue;
    await engine.recorder.record({ type: "sampled", gate: key, samples }, { sync: false });
    const blind = blindness.see(samples);
    if (blind !== undefined) {
      const result = await inconclusive(engine, attempt, blind);
      if (result) return result;
      blindness.reset();
      progress.restart();
      continue;
    }
    progress.take(
      samples.some(({ bad }) => bad),
      samples.some(({ value }) => value === undefined),
      engine.clock.mono(),
    );
    if (progress.bad >= gate.failures) return { kind: "failed", remark: sayBad(samples), overrulable: true };
    if (progress.held >= gate.holdSeconds && progress.good >= leastSamples(gate))
      return {
        kind: "done",
        exitCode: 0,
        remark: `no alert for ${formatDuration(gate.holdSeconds)}, ${progress.good} samples`,
      };
    engine.recorder.show({
      type: "tick",
      step: key,
      remaining: Math.max(0, gate.holdSeconds - progress.held),
      of: gate.holdSeconds,
    });
    await pause(
      Math.min(gate.intervalSeconds, Math.max(0, gate.holdSeconds - progress.held) || gate.intervalSeconds),
      signal,
    );
  }
}

/** As many as the interval implies: one at the beginning, one after each interval. */
function leastSamples({ holdSeconds, intervalSeconds }: Gate): number {
  return Math.floor(holdSeconds / intervalSeconds) + 1;
}

/** How far the gate has come, from its samples in the journal; after too long a gap it must hold its time again. */
function progressOf(engine: Engine, key: string, gate: Gate) {
  let since: number | undefined;
  let last: number | undefined;
  const progress = {
    rounds: 0,
    bad: 0,
    good: 0,
    held: 0,
    restart(): void {
      since = undefined;
      progress.good = 0;
      progress.held = 0;
    },
    take(bad: boolean, missing: boolean, at: number): void {
      progress.rounds += 1;
      if (last !== undefined && at - last > gate.intervalSeconds * 2000) progress.restart();
      last = at;
      if (bad) progress.bad += 1;
      // a round without a number proves nothing, for or against
      if (missing || bad) {
        if (bad) progress.restart();
        return;
      }
      since ??= at;
      progress.good += 1;
      progress.held = (at - since) / 1000;
    },
  };
  const record = engine.state.steps.get(key);
  if (record?.started.boot !== engine.clock.boot) return progress;
  for (const { event, at } of engine.state.gateSamples.get(key) ?? [])
    if (at.mono >= (record?.startedAt.mono ?? 0))
      progress.take(
        event.samples.some(({ bad }) => bad),
        event.samples.some(({ value }) => value === undefined),
        at.mono,
      );
  return progress;
}

/** It never passes by itself: a person is asked. Undefined: sample again. */
async function inconclusive(
  engine: Engine,
  { step, key, signal }: Attempt,
  remark: string,
): Promise<AttemptResult | undefined> {
  const question = {
    kind: "inconclusive",
    step: key,
    number: step.number,
    title: engine.text(step.title),
    remark,
  } as const;
  const { answer, by } = await ask(engine, step, question, signal);
  if (answer.say === "retry") return undefined;
  if (answer.say === "overrule") return { kind: "overruled", remark: `overruled by ${by.user}: ${answer.reason}` };
  return { kind: "failed", remark, overrulable: false };
}
