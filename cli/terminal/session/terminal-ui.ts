import type { Plan } from "../../../dsl/plan/plan.ts";
import type { Run } from "../../../runners/run-options.ts";
import type { Keys } from "../keys/keys.ts";
import type { Cause, Screen } from "../screen/screen.ts";
import type { SessionFacts } from "./session-facts.ts";

/** What a view puts into the live region, from the top: body, guard, message, then the menu or the input. */
export interface View {
  readonly body?: () => readonly string[];
  /** Why the last key did nothing, and the like. */
  readonly message?: string | undefined;
  readonly foot: readonly string[];
}

/** What everything shares that talks to the person at the terminal. */
export interface TerminalUi {
  readonly screen: Screen;
  readonly keys: Keys;
  readonly plan: Plan;
  readonly root: string;
  /** What the events have told so far. */
  readonly facts: SessionFacts;
  /** The run, once it has begun. */
  run: Run | undefined;
  /** Ends the run as a signal would: "SIGINT", or "SIGINT after the step" to let what runs end first. */
  leave(reason: string): void;
  /** Draws a view, with the guards' line above its message. */
  show(view: View, cause?: Cause): void;
}
