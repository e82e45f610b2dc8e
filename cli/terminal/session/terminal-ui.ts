import type { Plan } from "../../../dsl/plan/plan.ts";
import type { RunPlace } from "../../../runners/events/run-event.ts";
import type { Signers } from "../../../runners/identity/signers.ts";
import type { Run } from "../../../runners/run-options.ts";
import type { Keys } from "../keys/keys.ts";
import type { Cause, Screen } from "../screen/screen.ts";
import type { SessionPurpose } from "./open-ui.ts";
import type { SessionFacts } from "./session-facts.ts";

/** What a view puts into the live region, from the top: body, guard, message, then the menu or the input. */
export interface View {
  /** Made anew for every frame, for so many rows at most. */
  readonly body?: (room: number) => readonly string[];
  /** Its body holds what is waited for, with the tables of the guards that have room for one. */
  readonly showsWaits?: boolean;
  /** Why the last key did nothing, and the like. */
  readonly message?: string | undefined;
  readonly foot: readonly string[] | (() => readonly string[]);
}

/** What everything shares that talks to the person at the terminal. */
export interface TerminalUi {
  readonly screen: Screen;
  readonly keys: Keys;
  readonly plan: Plan;
  readonly root: string;
  /** What looking told of where it acts. */
  readonly place: RunPlace;
  readonly purpose: SessionPurpose;
  /** Who holds a role: names of users. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Whose signatures count. */
  readonly signers: Signers | undefined;
  /** What the events have told so far. */
  readonly facts: SessionFacts;
  /** The run, once it has begun. */
  run: Run | undefined;
  /** Asked before each step; no longer once somebody said "to the end". */
  stepping: boolean;
  /** What was ticked and not yet answered, by the key of its checklist: it survives being asked again. */
  readonly drafts: Map<string, Set<number>>;
  /** Keys of the checklists that somebody leaves, once what they ticked is recorded. */
  readonly leaving: Set<string>;
  /** Keys of the questions that were answered here, until their events came. */
  readonly answeredHere: Set<string>;
  /** Ends the run as a signal would: "SIGINT", or `afterTheStep` to let what runs end first. */
  leave(reason: string): void;
  /** Draws a view, with the guards' line above its message. */
  show(view: View, cause?: Cause): void;
}
