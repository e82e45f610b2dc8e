import type { PlanGuard, PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt } from "../engine/halt.ts";
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
  /** A step of the range failed for good. */
  tripBy(step: PlanStep, why: string): Promise<void>;
  /** Ends what ends with this step. */
  release(step: PlanStep): Promise<void>;
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

  return {
    admit: async (step, key) => {
      for (const id of step.guards) await open(id, step);
      for (const watch of watchesOf(step)) await watch.admit(key);
    },
    watching: (step) => watchesOf(step).every((watch) => watch.sees()),
    signalFor: (step) => AbortSignal.any(watchesOf(step).map((watch) => watch.signal)),
    haltOf: (step) =>
      watchesOf(step)
        .map((watch) => watch.halt())
        .find((halt) => halt !== undefined),
    tripBy: async (step, why) => {
      const [id] = step.guards;
      if (id !== undefined) await watches.get(id)?.trip(why, step.id);
    },
    release: async (step) => {
      for (const id of step.guards) if (byId.get(id)?.until?.id === step.id) await close(watches, id);
    },
    stop: async () => {
      await Promise.all([...watches.values()].map((watch) => watch.stop()));
    },
  };
}

async function close(watches: Map<string, GuardWatch>, id: string): Promise<void> {
  const watch = watches.get(id);
  watches.delete(id);
  await watch?.close();
}

/** A guard has tripped; its answer is what the run does next. */
export function tripped(guard: string, during: string | undefined): Halt {
  return new Halt({ kind: "tripped", guard, ...(during === undefined ? {} : { during }) });
}
