import type { Plan, PlanGuard, PlanStep } from "../../../dsl/plan/plan.ts";
import { guardsOf } from "../../../dsl/plan/walk-plan.ts";
import type { JournalEvent, RunEvent, Sample, StartedEvent } from "../../../runners/events/run-event.ts";
import { indexSteps } from "../../runs/step-numbers.ts";

/** A step that runs now. */
export interface RunningStep {
  readonly started: StartedEvent & { readonly at: string };
  /** By this process's own clock, in milliseconds. */
  readonly since: number;
  readonly ready: boolean;
}

/** A guard that is open, with all that it has seen. */
export interface WatchedGuard {
  readonly guard: PlanGuard;
  readonly rounds: readonly { readonly at: number; readonly samples: readonly Sample[] }[];
  readonly blind: boolean;
}

/** What the events of this session have told so far; views draw from it. */
export interface SessionFacts {
  readonly runId: string;
  /** By key, in the order in which they started. */
  readonly running: ReadonlyMap<string, RunningStep>;
  readonly guards: ReadonlyMap<string, WatchedGuard>;
  /** What remains of waits and gates, in seconds, by key, and when it was said. */
  readonly remaining: ReadonlyMap<string, { readonly seconds: number; readonly of: number; readonly at: number }>;
  /** Rounds of a gate, by key. */
  readonly gates: ReadonlyMap<string, readonly { readonly at: number; readonly samples: readonly Sample[] }[]>;
  readonly outcomes: ReadonlyMap<string, string>;
  /** When each step ended. */
  readonly ended: ReadonlyMap<string, string>;
  /** When the last attempt of each step began. */
  readonly began: ReadonlyMap<string, string>;
  /** Every start, in order. */
  readonly attempts: readonly { readonly step: string; readonly attempt: number }[];
  /** Keys of steps that failed and are tried again by themselves. */
  readonly retryIn: ReadonlySet<string>;
  readonly rollingBack: boolean;
  /** What was recorded before this session; nothing of it runs here. */
  recall(events: readonly (JournalEvent & { readonly at: string })[]): void;
  stepOf(key: string): PlanStep | undefined;
  apply(event: RunEvent): void;
}

export function createSessionFacts(plan: Plan): SessionFacts {
  const steps = indexSteps(plan);
  const planGuards = new Map(guardsOf(plan).map((guard) => [guard.id, guard]));
  const running = new Map<string, RunningStep>();
  const guards = new Map<string, WatchedGuard>();
  const remaining = new Map<string, { seconds: number; of: number; at: number }>();
  const gates = new Map<string, { at: number; samples: readonly Sample[] }[]>();
  const outcomes = new Map<string, string>();
  const attempts: { step: string; attempt: number }[] = [];
  const retryIn = new Set<string>();
  const began = new Map<string, string>();
  const ended = new Map<string, string>();
  let runId = "";
  let rollingBack = false;

  function patchGuard(id: string, patch: (guard: WatchedGuard) => Partial<WatchedGuard>): void {
    const plain = planGuards.get(id);
    if (!plain) return;
    const known = guards.get(id) ?? { guard: plain, rounds: [], blind: false };
    guards.set(id, { ...known, ...patch(known) });
  }

  function apply(event: RunEvent): void {
    switch (event.type) {
      case "created":
        runId = event.run;
        break;
      case "started":
        running.set(event.step, { started: event, since: performance.now(), ready: false });
        began.set(event.step, event.at);
        if (!event.attached) attempts.push({ step: event.step, attempt: event.attempt });
        break;
      case "ready": {
        const step = running.get(event.step);
        if (step) running.set(event.step, { ...step, ready: true });
        break;
      }
      case "finished":
        running.delete(event.step);
        remaining.delete(event.step);
        // the newest last, as they are undone
        ended.set(event.step, event.at);
        outcomes.delete(event.step);
        outcomes.set(event.step, event.outcome);
        if (event.retryIn === undefined) retryIn.delete(event.step);
        else retryIn.add(event.step);
        break;
      case "tick":
        remaining.set(event.step, { seconds: event.remaining, of: event.of, at: performance.now() });
        break;
      case "guard-opened":
        patchGuard(event.guard, () => ({}));
        break;
      case "sampled": {
        const round = { at: Date.parse(event.at), samples: event.samples };
        if (event.guard !== undefined)
          patchGuard(event.guard, ({ rounds }) => ({ rounds: [...rounds, round].slice(-600) }));
        if (event.gate !== undefined) gates.set(event.gate, [...(gates.get(event.gate) ?? []), round]);
        break;
      }
      case "guard-blind":
        patchGuard(event.guard, () => ({ blind: true }));
        break;
      case "guard-sees":
      case "guard-armed":
        patchGuard(event.guard, () => ({ blind: false }));
        break;
      case "guard-tripped":
      case "guard-closed":
        guards.delete(event.guard);
        break;
      case "rollback-started":
        rollingBack = true;
        break;
      default:
        break;
    }
  }

  function recall(events: readonly (JournalEvent & { readonly at: string })[]): void {
    for (const event of events) apply(event);
    for (const key of running.keys()) if (!outcomes.has(key)) outcomes.set(key, "unknown");
    running.clear();
    remaining.clear();
    retryIn.clear();
  }

  return {
    get runId() {
      return runId;
    },
    get rollingBack() {
      return rollingBack;
    },
    running,
    guards,
    remaining,
    gates,
    outcomes,
    attempts,
    retryIn,
    began,
    ended,
    recall,
    stepOf: steps.stepOf,
    apply,
  };
}
