import type { PlanGuard, PlanStep } from "../../dsl/plan/plan.ts";
import { ask, unansweredSeconds } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt, isHalt } from "../engine/halt.ts";
import { pause } from "../engine/pause.ts";
import type { Actor } from "../events/run-event.ts";
import { createBlindness } from "./blindness.ts";
import { tripped } from "./guard-keeper.ts";
import { querySeconds, sampleAlerts } from "./sample-alerts.ts";
import { sayBad } from "./say-samples.ts";

/** One guard that watches, in the background, while steps run. */
export interface GuardWatch {
  /** Begins to watch, or takes up an open guard; the first sample is under way when it resolves. */
  open(): Promise<void>;
  /** Resolves when a step of the range may start. */
  admit(key: string): Promise<void>;
  /** It has sampled since it was opened here, not too long ago, and is neither tripped nor blind. */
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
  const staleAfter = (intervalSeconds + querySeconds(intervalSeconds) + 1) * 1000;
  let bad = 0;
  let sampledAt: number | undefined;
  /** It has had all its numbers at least once since it was opened here. */
  let saw = false;
  let blind = false;
  /** A person lets the run go on without sight, until there is some. */
  let overruled = false;
  let tripping: Promise<void> | undefined;
  let halted: Halt | undefined;
  let during: string | undefined;
  let loop: Promise<void> = Promise.resolve();
  let waiting: (() => void)[] = [];
  /** The question about its blindness, and what withdraws it. */
  let asking: Promise<void> | undefined;
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

  /** It counts once it is in the journal; until then nothing starts either. */
  function trip(why: string, step?: string): Promise<void> {
    if (halted) return Promise.resolve();
    tripping ??= latch(why, step ?? during);
    return tripping;
  }

  async function latch(why: string, at: string | undefined): Promise<void> {
    await engine.recorder.record({
      type: "guard-tripped",
      guard: id,
      why,
      ...(at === undefined ? {} : { during: at }),
    });
    haltWith(tripped(id, at));
  }

  /** A lockstep that was held up itself has not watched meanwhile. */
  function sees(): boolean {
    if (sampledAt === undefined || blind || tripping || halted || !(saw || overruled)) return false;
    return engine.clock.mono() - sampledAt <= staleAfter;
  }

  async function sampleOnce(): Promise<void> {
    const samples = await sampleAlerts(engine, alerts, intervalSeconds, end.signal);
    if (end.signal.aborted) return;
    await engine.recorder.record({ type: "sampled", guard: id, samples }, { sync: false });
    sampledAt = engine.clock.mono();
    if (samples.some((sample) => sample.bad)) {
      bad += 1;
      if (bad >= failures) return trip(sayBad(samples));
    }
    if (samples.every(({ value }) => value !== undefined)) {
      saw = true;
      overruled = false;
      if (blind) await seeAgain();
    }
    const why = blindness.see(samples);
    if (why !== undefined && !overruled) await goBlind(why);
    if (!blind) wake();
  }

  async function goBlind(why: string): Promise<void> {
    if (!blind) {
      blind = true;
      const at = during === undefined ? {} : { during };
      await engine.recorder.record({ type: "guard-blind", guard: id, why, ...at });
    }
    asking ??= askBlind(why).finally(() => {
      asking = undefined;
    });
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
      number: id,
      title: engine.text(guard.title),
      remark,
      deadlineSeconds: unansweredSeconds,
    } as const;
    const signal = AbortSignal.any([withdrawn.signal, end.signal]);
    try {
      const { answer, by } = await ask(engine, from, question, signal);
      if (answer.say === "roll-back") await goBack(`blind, and ${by.user} decided to go back: ${remark}`);
      else if (answer.say === "refuse")
        haltWith(
          new Halt({ kind: "declined", step: id, message: `stopped by ${by.user} while the guard ${id} was blind` }),
        );
      else if (answer.say === "overrule") await watchOn(answer.reason, by);
      else blindness.reset();
    } catch (error) {
      if (signal.aborted) return;
      if (isHalt(error)) haltWith(error);
      else engine.fail(error);
    }
  }

  /** What a person decides is done, also where a trip would only stop. */
  async function goBack(why: string): Promise<void> {
    if (guard.onTrip.kind !== "stop") return trip(why);
    haltWith(new Halt({ kind: "roll-back", step: id, message: why }));
  }

  async function watchOn(why: string, by: Actor): Promise<void> {
    blind = false;
    overruled = true;
    bad = 0;
    await engine.recorder.record({ type: "guard-armed", guard: id, why, by });
    wake();
  }

  async function watch(): Promise<void> {
    while (!end.signal.aborted) {
      await sampleOnce();
      await pause(intervalSeconds, end.signal);
    }
  }

  async function open(): Promise<void> {
    engine.endIdle.addEventListener("abort", wake, { once: true });
    const before = engine.state.guards.get(id);
    if (before?.state === "tripped") return haltWith(tripped(id, undefined));
    if (before) await recordGap(engine, id);
    else
      await engine.recorder.record({
        type: "guard-opened",
        guard: id,
        from: from.id,
        ...(guard.until === undefined ? {} : { until: guard.until.id }),
      });
    bad = before?.bad ?? 0;
    // whoever took the last sample died before the trip was latched
    if (before?.lastBad && bad >= failures) return trip(sayBad(before.lastBad));
    if (before?.state === "blind") await goBlindAgain(before.why ?? "it brought no number");
    loop = watch().catch((error: unknown) => {
      engine.fail(error);
      wake();
    });
  }

  async function goBlindAgain(why: string): Promise<void> {
    blind = true;
    await goBlind(why);
  }

  async function settle(): Promise<void> {
    end.abort();
    wake();
    engine.endIdle.removeEventListener("abort", wake);
    await loop;
    await asking;
    await tripping?.catch(() => {});
  }

  return {
    open,
    admit: async (key) => {
      during = key;
      while (!halted && !sees()) {
        if (tripping) await tripping;
        else if (engine.stopping()) throw engine.interrupted(key);
        else
          await new Promise<void>((resolve) => {
            waiting.push(resolve);
          });
      }
      if (halted) throw halted;
    },
    sees,
    signal: over.signal,
    halt: () => halted,
    trip,
    close: async () => {
      await settle();
      if (!halted) await engine.recorder.record({ type: "guard-closed", guard: id });
    },
    stop: settle,
  };
}

/** Nobody watched from the last sample until now. */
async function recordGap(engine: Engine, id: string): Promise<void> {
  const last = engine.state.guards.get(id)?.lastSample;
  if (!last) return;
  const seconds = Math.round(engine.secondsSince(last, last.boot));
  await engine.recorder.record({ type: "guard-gap", guard: id, seconds });
}
