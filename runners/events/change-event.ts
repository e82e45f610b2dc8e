import type { RunPlace } from "./place-event.ts";
import type { Actor } from "./run-event.ts";

/** Somebody decided to go on with the runbook as it is now. */
export interface ChangesAcceptedEvent {
  readonly type: "changes-accepted";
  readonly by: Actor;
  readonly changes: readonly StepChange[];
  /** Of those that are done, the keys of the steps that run again; the others are kept as they stood. */
  readonly again?: readonly string[];
}

/** From here on the run goes by another plan, after its changes were accepted. */
export interface PlanChangedEvent {
  readonly type: "plan-changed";
  readonly plan: { readonly file: string; readonly sha256: string };
  readonly planDigest: string;
  /** Where it was seen that the project stands. */
  readonly place?: RunPlace;
}

/** How a step differs between the plan that a run was made with and the one that it goes on with. */
export interface StepChange {
  readonly step: string;
  readonly change: "edited" | "inserted" | "removed" | "moved";
  /** Of an edited one, in words: "its command". */
  readonly what?: string;
  /** What it was, as text to show; absent for an inserted one. */
  readonly before?: string;
  readonly after?: string;
  /** It had finished; it stays so unless somebody decides that it runs again. */
  readonly done: boolean;
  /** Of one that is done: it can run again in its turn, so that there is something to decide. */
  readonly mayRunAgain?: true;
  /** Of a repeated one: the key of the pass that this is about, the last one. */
  readonly pass?: string;
  /** Outputs that it gives now, that others use, and that it did not give when it was done: it cannot be kept. */
  readonly lacks?: readonly string[];
}

/** The key of what is done, and may run again: that of a step, or of the last pass of one that is repeated. */
export function doneKey({ step, pass }: StepChange): string {
  return pass ?? step;
}

/** Somebody decided that a step that is done runs again, in its turn. Until then what it did stands, and is undone. */
export interface ReopenedEvent {
  readonly type: "reopened";
  readonly step: string;
  readonly by: Actor;
  /** In words: "its command changed", "alice asked for it". */
  readonly why: string;
  /** Guards that had ended and watch again, since the step is in their range. */
  readonly guards: readonly string[];
}
