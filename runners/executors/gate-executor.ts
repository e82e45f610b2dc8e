import type { PlanAction } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { pause } from "../engine/pause.ts";
import type { Sample } from "../events/run-event.ts";
import { type Blindness, createBlindness } from "../guards/blindness.ts";
import { sampleAlerts } from "../guards/sample-alerts.ts";
import { sayBad } from "../guards/say-samples.ts";
import type { Attempt, AttemptResult } from "./executor.ts";

type Gate = Extract<PlanAction, { readonly kind: "gate" }>;

/** Samples until no alert has held for long enough, one held too often, or there are no numbers to judge by. */
export async function executeGate(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key, signal } = attempt;
  const gate = step.action as Gate;
  const blindness = createBlindness(gate.blindAfter);
  const progress = progressOf(engine, key, gate, blindness);
  if (progress.rounds === 0) await pause(gate.delaySeconds, signal);
  // whoever took the last sample died before it could say so
  if (progress.bad >= gate.failures) return { kind: "failed", remark: sayBad(progress.lastBad), overrulable: true };
  for (;;) {
    if (signal.aborted) return { kind: "ended", remark: "ended while it was sampling" };
    const asked = engine.clock.mono();
    const samples = await sampleAlerts(engine, gate.failIf, gate.intervalSeconds, signal);
    if (signal.aborted) continue;
    await engine.recorder.record({ type: "sampled", gate: key, samples }, { sync: false });
    progress.take(samples, asked, engine.clock.mono());
    if (progress.bad >= gate.failures) return { kind: "failed", remark: sayBad(progress.lastBad), overrulable: true };
    const blind = blindness.see(samples);
    if (blind !== undefined) {
      const result = await inconclusive(engine, attempt, blind);
      if (result) return result;
      blindness.reset();
      progress.restart();
      continue;
    }
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
function progressOf(engine: Engine, key: string, gate: Gate, blindness: Blindness) {
  let since: number | undefined;
  let last: number | undefined;
  const progress = {
    rounds: 0,
    bad: 0,
    lastBad: [] as readonly Sample[],
    good: 0,
    held: 0,
    restart(): void {
      since = undefined;
      progress.good = 0;
      progress.held = 0;
    },
    /** @param asked When the query began: a slow one is no gap. */
    take(samples: readonly Sample[], asked: number, at: number): void {
      progress.rounds += 1;
      if (last !== undefined && asked - last > gate.intervalSeconds * 2000) progress.restart();
      last = at;
      if (samples.some(({ bad }) => bad)) {
        progress.bad += 1;
        progress.lastBad = samples;
        progress.restart();
        return;
      }
      // a round without a number proves nothing, for or against
      if (samples.some(({ value }) => value === undefined)) return;
      since ??= at;
      progress.good += 1;
      progress.held = (at - since) / 1000;
    },
  };
  const record = engine.state.steps.get(key);
  const inThisBoot = record?.since.boot === engine.clock.boot && record.started.boot === engine.clock.boot;
  for (const { event, at } of engine.state.gateSamples.get(key) ?? []) {
    progress.take(event.samples, at.mono, at.mono);
    const blind = blindness.see(event.samples) !== undefined;
    if (blind) blindness.reset();
    // times of another boot cannot be compared: what was bad counts, and the time must be held again
    if (blind || !inThisBoot) progress.restart();
  }
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
