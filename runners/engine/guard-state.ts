import type { JournalEvent, Sample, SampledEvent } from "../events/run-event.ts";
import type { Moment, RunState } from "./run-state.ts";

export interface GuardRecord {
  readonly state: "open" | "tripped" | "blind" | "closed";
  readonly why?: string;
  /** How many steps had started when it opened; what ran since the guard has a higher order. */
  readonly openedAfter: number;
  readonly bad: number;
  /** The last samples of which one was bad. */
  readonly lastBad?: readonly Sample[];
  /** When it last sampled; its opening, before it has. */
  readonly lastSample?: Moment & { readonly boot: string };
}

/** Takes an event into what is known of the guards. */
export function applyToGuards(state: RunState, event: JournalEvent, at: Moment): void {
  switch (event.type) {
    case "guard-opened":
      state.guards.set(event.guard, { state: "open", openedAfter: state.order, bad: 0, lastSample: here(state, at) });
      return;
    case "sampled":
      applySampled(state, event, at);
      return;
    case "guard-tripped":
      patchGuard(state, event.guard, {
        state: "tripped",
        ...(event.why === undefined ? {} : { why: event.why }),
      });
      return;
    case "guard-blind":
      patchGuard(state, event.guard, { state: "blind", ...(event.why === undefined ? {} : { why: event.why }) });
      return;
    case "guard-sees":
      patchGuard(state, event.guard, { state: "open" });
      return;
    case "guard-armed":
      patchGuard(state, event.guard, { state: "open", bad: 0 });
      return;
    case "guard-closed":
      patchGuard(state, event.guard, { state: "closed" });
      return;
    default:
      return;
  }
}

function applySampled(state: RunState, event: SampledEvent, at: Moment): void {
  if (event.guard === undefined) return;
  const bad = event.samples.some((sample) => sample.bad);
  patchGuard(state, event.guard, {
    lastSample: here(state, at),
    bad: (state.guards.get(event.guard)?.bad ?? 0) + (bad ? 1 : 0),
    ...(bad ? { lastBad: event.samples } : {}),
  });
}

function here({ boot = "" }: RunState, at: Moment): Moment & { readonly boot: string } {
  return { ...at, boot };
}

function patchGuard(state: RunState, id: string, patch: Partial<GuardRecord>): void {
  const record = state.guards.get(id) ?? { state: "open", openedAfter: state.order, bad: 0 };
  state.guards.set(id, { ...record, ...patch });
}
