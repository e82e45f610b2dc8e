import type { Actor } from "./run-event.ts";

/** A guard began to watch. */
export interface GuardOpenedEvent {
  readonly type: "guard-opened";
  readonly guard: string;
  /** The step right before which it began to watch. */
  readonly from: string;
  readonly until?: string;
}

/** One round of samples of a guard, or of a gate (then `gate` is the step's key). */
export interface SampledEvent {
  readonly type: "sampled";
  readonly guard?: string;
  readonly gate?: string;
  readonly samples: readonly Sample[];
}

/** One number, or why there was none. */
export interface Sample {
  readonly measurement: string;
  readonly title: string;
  readonly alert: string;
  readonly unit: string;
  readonly bound: number;
  readonly op: "above" | "below";
  /** Absent: there was no number, and `reason` says why. */
  readonly value?: number;
  readonly reason?: string;
  /** The alert held. */
  readonly bad: boolean;
}

/** What became of a guard. */
export interface GuardStateEvent {
  /** `guard-armed`: a person decided that it watches on, after a trip or without sight. */
  readonly type: "guard-tripped" | "guard-blind" | "guard-sees" | "guard-armed" | "guard-closed" | "guard-gap";
  readonly guard: string;
  /** Why it tripped or is blind: "Error rate 3.4% is above 1%", "4.2 failed". */
  readonly why?: string;
  /** The step that was running or waited for. */
  readonly during?: string;
  /** For `guard-gap`: how long nobody watched. */
  readonly seconds?: number;
  readonly by?: Actor;
}
