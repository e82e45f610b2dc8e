import type { Plan, PlanGuard, PlanStep } from "../../../dsl/plan/plan.ts";
import { guardsOf } from "../../../dsl/plan/walk-plan.ts";
import type { JournalEvent, RunEvent, StartedEvent } from "../../../runners/events/run-event.ts";
import { indexSteps } from "../../history/step-numbers.ts";
import { createWaitLog, type Look, type WaitFacts } from "./wait-facts.ts";

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
  readonly rounds: readonly Look[];
  readonly blind: boolean;
}

/** A guard that has tripped. */
export interface Trip {
  readonly guard: PlanGuard;
  readonly why: string;
  readonly at: string;
  readonly rounds: readonly Look[];
}

/** What the events of this session have told so far; views draw from it. */
export interface SessionFacts {
  readonly runId: string;
  /** By key, in the order in which they started. */
  readonly running: ReadonlyMap<string, RunningStep>;
  readonly guards: ReadonlyMap<string, WatchedGuard>;
  /** Waits and gates, by key. */
  readonly waits: ReadonlyMap<string, WaitFacts>;
  /** The guard that has tripped, unless somebody armed it again. */
  readonly trip: Trip | undefined;
  /** Keys of watches that somebody looks at. */
  readonly lookedAt: ReadonlySet<string>;
  /** Keys of gates that sample nothing until somebody says how they go on. */
  readonly askedGates: ReadonlySet<string>;
  readonly outcomes: ReadonlyMap<string, string>;
  /** When each step ended. */
  readonly ended: ReadonlyMap<string, string>;
  /** The last start of each step. */
  readonly began: ReadonlyMap<string, StartedEvent & { readonly at: string }>;
  /** Every start, in order. */
  readonly attempts: readonly { readonly step: string; readonly attempt: number }[];
  /** Steps that failed and are tried again by themselves, by key: in how many seconds. */
  readonly retryIn: ReadonlyMap<string, number>;
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
  const log = createWaitLog();
  const lookedAt = new Set<string>();
  const askedGates = new Set<string>();
  const outcomes = new Map<string, string>();
  const attempts: { step: string; attempt: number }[] = [];
  const retryIn = new Map<string, number>();
  const began = new Map<string, StartedEvent & { readonly at: string }>();
  const ended = new Map<string, string>();
  let runId = "";
  let rollingBack = false;
  let trip: Trip | undefined;

  function patchGuard(id: string, patch: (guard: WatchedGuard) => Partial<WatchedGuard>): void {
    const plain = planGuards.get(id);
    if (!plain) return;
    const known = guards.get(id) ?? { guard: plain, rounds: [], blind: false };
    guards.set(id, { ...known, ...patch(known) });
  }

  /** Waits that run now in the range of a guard. */
  function watchedBy(guard: string): string[] {
    const covered = planGuards.get(guard)?.covers ?? [];
    return [...running]
      .filter(([, { started }]) => started.kind === "wait" && covered.includes(started.id))
      .map(([key]) => key);
  }

  function seedWait(key: string, id: string): void {
    for (const { guard, rounds } of guards.values()) {
      const last = rounds.at(-1);
      if (last && guard.covers.includes(id)) log.seed(key, guard.id, last);
    }
  }

  /** A wait that an earlier lockstep began goes on without another start. */
  function takenUp(key: string): void {
    const started = began.get(key);
    if (started && !running.has(key)) running.set(key, { started, since: performance.now(), ready: false });
  }

  function apply(event: RunEvent): void {
    log.apply(event, watchedBy);
    switch (event.type) {
      case "created":
        runId = event.run;
        break;
      case "started":
        running.set(event.step, { started: event, since: performance.now(), ready: false });
        if (event.kind === "wait" && !event.attached) seedWait(event.step, event.id);
        began.set(event.step, event);
        lookedAt.delete(event.step);
        if (!event.attached) attempts.push({ step: event.step, attempt: event.attempt });
        break;
      case "ready": {
        const step = running.get(event.step);
        if (step) running.set(event.step, { ...step, ready: true });
        break;
      }
      case "finished":
        running.delete(event.step);
        // the newest last, as they are undone
        ended.set(event.step, event.at);
        outcomes.delete(event.step);
        outcomes.set(event.step, event.outcome);
        if (event.retryIn === undefined) retryIn.delete(event.step);
        else retryIn.set(event.step, event.retryIn);
        break;
      case "tick":
        takenUp(event.step);
        break;
      case "asked":
        if (event.question.kind === "watch") lookedAt.add(event.question.step);
        if (event.question.kind === "inconclusive") askedGates.add(event.question.step);
        break;
      case "answered":
        askedGates.delete(event.step);
        break;
      case "guard-opened":
        patchGuard(event.guard, () => ({}));
        break;
      case "sampled": {
        const round = { at: Date.parse(event.at), samples: event.samples };
        if (event.guard !== undefined)
          patchGuard(event.guard, ({ rounds }) => ({ rounds: [...rounds, round].slice(-mostRounds) }));
        break;
      }
      case "guard-blind":
        patchGuard(event.guard, () => ({ blind: true }));
        break;
      case "guard-sees":
        patchGuard(event.guard, () => ({ blind: false }));
        break;
      case "guard-armed":
        trip = undefined;
        patchGuard(event.guard, () => ({ blind: false }));
        break;
      case "guard-tripped": {
        const guard = planGuards.get(event.guard);
        const { rounds } = guards.get(event.guard) ?? { rounds: [] };
        if (guard) trip = { guard, why: event.why ?? guard.id, at: event.at, rounds };
        guards.delete(event.guard);
        break;
      }
      case "guard-closed":
        guards.delete(event.guard);
        break;
      case "rollback-started":
        rollingBack = true;
        guards.clear();
        break;
      case "response-started":
        guards.clear();
        break;
      default:
        break;
    }
  }

  function recall(events: readonly (JournalEvent & { readonly at: string })[]): void {
    for (const event of events) apply(event);
    // a read, a wait or a question that was left is simply not done
    for (const [key, { started }] of running)
      if (!outcomes.has(key) && started.effect !== "read") outcomes.set(key, "unknown");
    running.clear();
    askedGates.clear();
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
    get trip() {
      return trip;
    },
    guards,
    waits: log.waits,
    lookedAt,
    askedGates,
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

/** Of more the oldest are forgotten. */
const mostRounds = 1_200;
