import type { PlanGuard, PlanStep } from "../../dsl/plan/plan.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt, isHalt } from "../engine/halt.ts";
import { pause } from "../engine/pause.ts";
import { createBlindness } from "./blindness.ts";
import { tripped } from "./guard-keeper.ts";
import { sampleAlerts } from "./sample-alerts.ts";
import { sayBad } from "./say-samples.ts";

/** For how long nobody may answer that a guard sees nothing, before that counts as a trip. */
export const blindDeadlineSeconds: number = 15 * 60;

/** One guard that watches, in the background, while steps run. */
export interface GuardWatch {
  /** Begins to watch, or takes up an open guard; the first sample is under way when it resolves. */
  open(): Promise<void>;
  /** Resolves when a step of the range may start. */
  admit(key: string): Promise<void>;
  /** It has sampled since it was opened here, and is neither tripped nor blind. */
  sees(): boolean;
  readonly signal: AbortSignal;
  halt(): Halt | undefined;
  trip(why: string, during?: string): Promise<void>;
  close(): Promise<void>;
  stop(): Promise<void>;
}

export function createGuardWatch(engine: Engine, guard: PlanGuard, from: PlanStep): GuardWatch {
  const { id, failures, blindAfter, intervalSeconds, alerts } = guard;
  const over = new AbortController();
  const end = new AbortController();
  const blindness = createBlindness(blindAfter);
  let bad = 0;
  let sampled = false;
  let blind = false;
  let halted: Halt | undefined;
  let during: string | undefined;
  let loop: Promise<void> = Promise.resolve();
  let waiting: (() => void)[] = [];
  /** Aborted when the question about its blindness no longer stands. */
  let withdrawn = new AbortController();

  function wake(): void {
    const woken = waiting;
    waiting = [];
    for (const resolve of woken) resolve();
  }

  function haltWith(halt: Halt): void {
    halted ??= halt;
    over.abort("guard");
    end.abort();
    wake();
  }

  async function trip(why: string, step?: string): Promise<void> {
    if (halted) return;
    const at = step ?? during;
    halted = tripped(id, at);
    await engine.recorder.record({
      type: "guard-tripped",
      guard: id,
      why,
      ...(at === undefined ? {} : { during: at }),
    });
    haltWith(halted);
  }

  async function sampleOnce(): Promise<void> {
    const samples = await sampleAlerts(engine, alerts, intervalSeconds, end.signal);
    if (end.signal.aborted) return;
    await engine.recorder.record({ type: "sampled", guard: id, samples }, { sync: false });
    sampled = true;
    if (samples.some((sample) => sample.bad)) bad += 1;
    if (bad >= failures && samples.some((sample) => sample.bad)) return trip(sayBad(samples));
    const why = blindness.see(samples);
    if (why !== undefined && !blind) await goBlind(why);
    if (blind && samples.every(({ value }) => value !== undefined)) await seeAgain();
    if (!blind) wake();
  }

  async function goBlind(why: string): Promise<void> {
    blind = true;
    await engine.recorder.record({ type: "guard-blind", guard: id, why, ...(during === undefined ? {} : { during }) });
    void askBlind(why);
  }

  async function seeAgain(): Promise<void> {
    blind = false;
    blindness.reset();
    withdrawn.abort();
    withdrawn = new AbortController();
    await engine.recorder.record({ type: "guard-sees", guard: id });
  }

  async function askBlind(remark: string): Promise<void> {
    const question = {
      kind: "blind",
      step: id,
      number: from.number,
      title: engine.text(guard.title),
      remark,
      deadlineSeconds: blindDeadlineSeconds,
    } as const;
    try {
      const { answer, by } = await ask(engine, from, question, AbortSignal.any([withdrawn.signal, end.signal]));
      if (answer.say === "roll-back") return trip(`blind, and ${by.user} decided to go back: ${remark}`);
      if (answer.say === "stop" || answer.say === "refuse")
        return haltWith(
          new Halt({ kind: "declined", step: id, message: `stopped by ${by.user} while the guard ${id} was blind` }),
        );
      if (answer.say === "overrule") {
        blind = false;
        blindness.reset();
        await engine.recorder.record({ type: "guard-armed", guard: id, why: answer.reason, by });
        wake();
      }
    } catch (error) {
      if (withdrawn.signal.aborted || end.signal.aborted) return;
      if (isHalt(error)) haltWith(error);
      else await trip(`blind: ${remark}`);
    }
  }

  async function watch(): Promise<void> {
    while (!end.signal.aborted) {
      await sampleOnce();
      await pause(intervalSeconds, end.signal);
    }
  }

  async function open(): Promise<void> {
    const before = engine.state.guards.get(id);
    if (before?.state === "tripped") {
      halted = tripped(id, undefined);
      return haltWith(halted);
    }
    if (before) await recordGap(engine, id);
    else
      await engine.recorder.record({
        type: "guard-opened",
        guard: id,
        from: from.id,
        ...(guard.until === undefined ? {} : { until: guard.until.id }),
      });
    bad = before?.bad ?? 0;
    if (before?.state === "blind") {
      blind = true;
      void askBlind(before.why ?? "it brought no number");
    }
    loop = watch().catch((error: unknown) => {
      engine.fail(error);
    });
  }

  return {
    open,
    admit: async (key) => {
      during = key;
      while (!halted && (!sampled || blind)) {
        if (engine.stopping()) throw engine.interrupted(key);
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          engine.endIdle.addEventListener("abort", () => resolve(), { once: true });
        });
      }
      if (halted) throw halted;
    },
    sees: () => sampled && !blind && !halted,
    signal: over.signal,
    halt: () => halted,
    trip,
    close: async () => {
      end.abort();
      await loop;
      if (!halted) await engine.recorder.record({ type: "guard-closed", guard: id });
    },
    stop: async () => {
      end.abort();
      wake();
      await loop;
    },
  };
}

/** Nobody watched from the last sample until now. */
async function recordGap(engine: Engine, id: string): Promise<void> {
  const last = engine.state.guards.get(id)?.lastSample;
  if (!last) return;
  const seconds = Math.max(0, Math.round((engine.clock.now().getTime() - last.wall) / 1000));
  await engine.recorder.record({ type: "guard-gap", guard: id, seconds });
}
