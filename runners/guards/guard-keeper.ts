import type { PlanGuard, PlanResponse, PlanStep } from "../../dsl/plan/plan.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt } from "../engine/halt.ts";
import { createGuardWatch, type GuardWatch } from "./guard-watch.ts";

/** All guards of a run: which watch, which step may start. */
export interface GuardKeeper {
  /** The run has come to where a guard stands; one under a condition that does not hold is never reached, and never watches. */
  reach(guard: string): void;
  /** Opens what begins with this step; resolves when the step may start; throws `Halt` when it may not. */
  admit(step: PlanStep, key: string): Promise<void>;
  /** Some guard watches over the step. */
  watchesOver(step: PlanStep): boolean;
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
  /** The run has gone past a step, with all of its passes: ends what ends with it. Throws `Halt` when it tripped in its last moment. */
  release(step: PlanStep): Promise<void>;
  /** Nothing is left to do: ends all of them. Throws `Halt` when one tripped in its last moment. */
  finish(): Promise<void>;
  /** Stops sampling; nothing is decided by that. */
  stop(): Promise<void>;
}

export function createGuardKeeper(engine: Engine, guards: readonly PlanGuard[]): GuardKeeper {
  const watches = new Map<string, GuardWatch>();
  const byId = new Map(guards.map((guard) => [guard.id, guard]));
  const reached = new Set<string>();
  const passed = new Set<string>();
  const watchesOf = (step: PlanStep): readonly GuardWatch[] =>
    step.guards.flatMap((id) => {
      const watch = watches.get(id);
      return watch ? [watch] : [];
    });

  async function open(id: string, step: PlanStep): Promise<void> {
    const guard = byId.get(id);
    if (!guard || !reached.has(id) || watches.has(id) || engine.state.guards.get(id)?.state === "closed") return;
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

  /** Of several, the one whose answer goes back furthest. */
  function haltAmong(halts: readonly (Halt | undefined)[]): Halt | undefined {
    const reach = ({ reason }: Halt): number => {
      if (reason.kind === "roll-back") return reachOf({ kind: "rollback" });
      return reason.kind === "tripped" ? reachOf(byId.get(reason.guard)?.onTrip) : 0;
    };
    return furthest(
      halts.filter((halt) => halt !== undefined),
      reach,
    );
  }

  async function closeAll(ids: readonly string[]): Promise<void> {
    await Promise.all(ids.map(close));
    const halt = haltAmong(ids.map((id) => watches.get(id)?.halt()));
    for (const id of ids) watches.delete(id);
    if (halt) throw halt;
  }

  /** The run is past the step that it names, and past what runs beside that. */
  function isOver({ until, covers }: PlanGuard): boolean {
    return until !== undefined && covers.every((id) => passed.has(id));
  }

  return {
    reach: (guard) => {
      reached.add(guard);
    },
    admit: async (step, key) => {
      for (const id of step.guards) await open(id, step);
      for (const watch of watchesOf(step)) await watch.admit(key);
    },
    watchesOver: (step) => watchesOf(step).length > 0,
    watching: (step) => watchesOf(step).every((watch) => watch.sees()),
    signalFor: (step) => AbortSignal.any(watchesOf(step).map((watch) => watch.signal)),
    haltOf: (step) => haltAmong(watchesOf(step).map((watch) => watch.halt())),
    tripBy: async (step, why) => {
      await Promise.all(watchesOf(step).map((watch) => watch.trip(why, step.id)));
    },
    trip: async (guard, why) => watches.get(guard)?.trip(why),
    release: (step) => {
      passed.add(step.id);
      return closeAll(
        step.guards.filter((id) => {
          const guard = byId.get(id);
          return guard !== undefined && isOver(guard);
        }),
      );
    },
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

/** Of several guards that tripped, the one whose answer is followed; none for a trip that only stops. */
export function furthestGuard(guards: readonly PlanGuard[]): PlanGuard | undefined {
  return furthest(
    guards.filter(({ onTrip }) => onTrip.kind !== "stop"),
    ({ onTrip }) => reachOf(onTrip),
  );
}

/** How far back an answer goes. What undoes comes before steps of another kind, since it is promised for each step. */
function reachOf(onTrip: PlanResponse | undefined): number {
  return ["stop", "blocks", "rollback", "rollback-all"].indexOf(onTrip?.kind ?? "stop");
}

/** The first of those with the highest reach: of two guards that roll back, the one that began first. */
function furthest<T>(candidates: readonly T[], reach: (candidate: T) => number): T | undefined {
  const most = Math.max(...candidates.map(reach));
  return candidates.find((candidate) => reach(candidate) === most);
}
