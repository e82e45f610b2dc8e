import type { Hook } from "../dsl/config/define-config.ts";
import type { Plan } from "../dsl/plan/plan.ts";
import type { Actor, RunEvent, RunMode, RunPlace, StepChange } from "./events/run-event.ts";
import type { Executors } from "./executors/executor.ts";
import type { Signers } from "./identity/signers.ts";
import type { Clock } from "./journal/clock.ts";
import type { Prompter } from "./questions/question.ts";

/** What every kind of execution takes. */
export interface RunOptions {
  /** The project's root: the folder of `.lockstep/` and of relative `cwd`s. */
  readonly root: string;
  /** Answers questions; without one the run is unattended and suspends at them. */
  readonly prompter?: Prompter;
  readonly mode?: RunMode;
  /** Values of the secret parameters. */
  readonly secrets?: Readonly<Record<string, string>>;
  /** Hear the events of the run; one that fails is reported and stops nothing. */
  readonly hooks?: readonly Hook[];
  /** Who runs it; the operating system's user unless given. */
  readonly by?: Actor;
  /** Who holds a role: names of users. Without any, everybody holds every role; else one that is not listed is the name of a person. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /**
   * Whose signatures count. With them, an approval and what a second person says must be signed. Without, a name is
   * the operating system's word, and nobody can be told from who runs it.
   */
  readonly signers?: Signers;
  /**
   * Who embeds lockstep knows who writes to the inbox, and vouches for the names there: a service whose users have
   * signed in. Otherwise a message counts only for the user whose file it is.
   */
  readonly vouched?: boolean;
  /** Replaces how a kind of action is done; for tests, and for engines of another kind. */
  readonly executors?: Partial<Executors>;
  /** Time; the machine's unless given. */
  readonly clock?: Clock;
  /** Where it acts, as far as looking tells; a resume elsewhere asks first. */
  readonly place?: RunPlace;
  /** Aborting it interrupts the run, as Ctrl-C does; the reason may be "SIGINT", "SIGTERM", "SIGHUP" or `afterTheStep`. */
  readonly signal?: AbortSignal;
}

/** Which run goes on, and with what. */
export interface ResumeOptions extends RunOptions {
  readonly run: string;
  /** The runbook as it is now; the plan that the run was made with, unless given. */
  readonly plan?: Plan;
  /** Edited, inserted and removed steps are accepted, and what is done stays done. */
  readonly acceptChanges?: boolean;
  /** It goes on although the folder or the cluster is not the one of before. */
  readonly acceptPlace?: boolean;
  /** Ids of steps that are done and run again, in their turn. */
  readonly again?: readonly string[];
}

/** A run: its events as they come, and how it ended. Its id stands in its first event and in its result. */
export interface Run extends AsyncIterable<RunEvent> {
  readonly result: Promise<RunResult>;
  /** Writes a note of a person into the record. */
  note(text: string, step?: string): Promise<void>;
  /** Ends one running step, by its key, as Ctrl-C in a terminal does: a read counts as not started, a write as unknown. A second time it is killed. */
  endStep(step: string): void;
  /** After an interruption, from whoever will not wait: what a dropped connection left to end is told to end, and what was told to end is killed. */
  hurry(): void;
  /** Undoes what ran, as soon as what runs has ended: in a guard's range what ran since the guard, elsewhere everything. */
  rollBack(): void;
}

/** How a run ended, for now or for good. */
export interface RunResult {
  readonly run: string;
  /** The command's exit code: 0, 1, 3, 4, 75, 130 or 143. */
  readonly exitCode: number;
  readonly state: "ok" | "failed" | "suspended" | "declined" | "interrupted" | "rolled-back" | "answered";
  readonly message?: string;
  /** Key of the step where it stopped. */
  readonly step?: string;
  readonly changes?: readonly StepChange[];
}
