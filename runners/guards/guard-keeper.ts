import type { PlanGuard, PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt } from "../engine/halt.ts";
import { isSettled } from "../engine/run-state.ts";
import { createGuardWatch, type GuardWatch } from "./guard-watch.ts";

/** All guards of a run: which watch, which step may start. */
export interface GuardKeeper {
  /** Opens what begins with this step; resolves when the step may start; throws `Halt` when it may not. */
  admit(step: PlanStep, key: string): Promise<void>;
  /** All guards of the step see, now. */
  watching(step: PlanStep): boolean;
  /** Aborted with the reason "guard" when a guard of the step trips or is given up. */
  signalFor(step: PlanStep): AbortSignal;
  /** The trip or decision that ends the step's range, if there is one. */
  haltOf(step: PlanStep): Halt | undefined;
  /** A step of the range failed for good, or a question in it was not answered: every guard around it trips. */
  tripBy(step: PlanStep, why: string): Promise<void>;
  /** One guard trips. */
  trip(guard: string, why: string): Promise<void>;
  /** A step has ended, or was skipped: ends what ends with it. Throws `Halt` when it tripped in its last moment. */
  release(step: PlanStep): Promise<void>;
  /** Nothing is left to do: ends all of them. Throws `Halt` when one tripped in its last moment. */
  finish(): Promise<void>;
  /** Stops sampling; nothing is decided by that. */
  stop(): Promise<void>;
}

export function createGuardKeeper(engine: Engine, guards: readonly PlanGuard[]): GuardKeeper {
  const watches = new Map<string, GuardWatch>();
  const byId = new Map(guards.map((guard) => [guard.id, guard]));
  const watchesOf = (step: PlanStep): readonly GuardWatch[] =>
    step.guards.flatMap((id) => {
      const watch = watches.get(id);
      return watch ? [watch] : [];
    });

  async function open(id: string, step: PlanStep): Promise<void> {
    const guard = byId.get(id);
    if (!guard || watches.has(id) || engine.state.guards.get(id)?.state === "closed") return;
    const watch = createGuardWatch(engine, guard, step);
    watches.set(id, watch);
    await watch.open();
  }

  async function close(id: string): Promise<void> {
    const watch = watches.get(id);
    const { state } = engine.state.guards.get(id) ?? {};
    if (watch) await watch.close();
    // whoever watched died before it could be said that the range had ended
    else if (state === "open" || state === "blind") await engine.recorder.record({ type: "guard-closed", guard: id });
  }

  /** Of several, the one that acts comes before one that only stops. */
  function haltAmong(halts: readonly (Halt | undefined)[]): Halt | undefined {
    const acts = ({ reason }: Halt): boolean =>
      reason.kind === "roll-back" || (reason.kind === "tripped" && byId.get(reason.guard)?.onTrip.kind !== "stop");
    const known = halts.filter((halt) => halt !== undefined);
    return known.find(acts) ?? known[0];
  }

  async function closeAll(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map(close));
    const halt = haltAmong(ids.map((id) => watches.get(id)?.halt()));
    for (const id of ids) watches.delete(id);
    if (halt) throw halt;
  }

  /** The step that it names has ended, and so has what runs beside that. */
  function isOver({ until, covers }: PlanGuard): boolean {
    const { steps } = engine.state;
    const last = until && (steps.get(until.id) ?? steps.get(`${until.id}[1]`));
    if (!isSettled(last?.outcome)) return false;
    return covers.every((id) => {
      const record = steps.get(id);
      return !record || record.outcome !== undefined || record.started.background;
    });
  }

  return {
    admit: async (step, key) => {
      for (const id of step.guards) await open(id, step);
      for (const watch of watchesOf(step)) await watch.admit(key);
    },
    watching: (step) => watchesOf(step).every((watch) => watch.sees()),
    signalFor: (step) => AbortSignal.any(watchesOf(step).map((watch) => watch.signal)),
    haltOf: (step) => haltAmong(watchesOf(step).map((watch) => watch.halt())),
    tripBy: async (step, why) => {
      await Promise.all(watchesOf(step).map((watch) => watch.trip(why, step.id)));
    },
    trip: async (guard, why) => watches.get(guard)?.trip(why),
    release: (step) =>
      closeAll(
        step.guards.filter((id) => {
          const guard = byId.get(id);
          return guard !== undefined && isOver(guard);
        }),
      ),
    finish: () => closeAll([...byId.keys()]),
    stop: async () => {
      await Promise.all([...watches.values()].map((watch) => watch.stop()));
    },
  };
}

/** A guard has tripped; its answer is what the run does next. */
export function tripped(guard: string, during: string | undefined): Halt {
  return new Halt({ kind: "tripped", guard, ...(during === undefined ? {} : { during }) });
}
