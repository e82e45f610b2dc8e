import type { PlanChecklistItem } from "../../dsl/plan/plan.ts";
import type { Answer, Question } from "../questions/question.ts";

/**
 * What stands in the journal, one a line, and what `run --json` streams.
 *
 * `step` is always the key of a unit that runs: a step's id, `id[2]` for the second pass of a repeat,
 * `undo:<id>.<n>` for the n-th action of its undo. All durations are in seconds. No event holds a secret.
 */
export type JournalEvent =
  | CreatedEvent
  | ResumedEvent
  | ChangesAcceptedEvent
  | PlanChangedEvent
  | SectionEnteredEvent
  | DecidedEvent
  | StartedEvent
  | ReadyEvent
  | FinishedEvent
  | WaitedEvent
  | AskedEvent
  | AnsweredEvent
  | ItemCheckedEvent
  | NotedEvent
  | GuardOpenedEvent
  | SampledEvent
  | GuardStateEvent
  | RollbackStartedEvent
  | ResponseStartedEvent
  | StoppedEvent
  | EndedEvent
  | HookFailedEvent;

/** Who did something, as the operating system knows them. */
export interface Actor {
  readonly user: string;
  readonly host: string;
}

export interface CreatedEvent {
  readonly type: "created";
  readonly run: string;
  readonly runbook: { readonly id: string; readonly title: string; readonly source?: string };
  readonly mode: RunMode;
  /** File in the run's folder that holds the plan, and its SHA-256. */
  readonly plan: { readonly file: string; readonly sha256: string };
  readonly runbookDigest: string;
  readonly planDigest: string;
  readonly environment?: string;
  readonly values: Readonly<Record<string, unknown>>;
  /** Names of the secret parameters. */
  readonly secrets: readonly string[];
  readonly by: Actor;
  readonly cwd: string;
  readonly lockstep: string;
}

export type RunMode = "auto" | "interactive" | "step";

export interface ResumedEvent {
  readonly type: "resumed";
  readonly mode: RunMode;
  readonly by: Actor;
  readonly runbookDigest: string;
  readonly planDigest: string;
  /** `rollback`: resumed to undo what ran. */
  readonly purpose: "go-on" | "rollback";
  /** Bytes of a torn last line that were cut off. */
  readonly tornBytes?: number;
}

export interface ChangesAcceptedEvent {
  readonly type: "changes-accepted";
  readonly by: Actor;
  readonly changes: readonly StepChange[];
}

/** From here on the run goes by another plan, after its changes were accepted. */
export interface PlanChangedEvent {
  readonly type: "plan-changed";
  readonly plan: { readonly file: string; readonly sha256: string };
  readonly planDigest: string;
}

/** How a step differs between the plan that a run was made with and the one that it goes on with. */
export interface StepChange {
  readonly step: string;
  readonly change: "edited" | "inserted" | "removed" | "moved";
  /** What it was, as text to show; absent for an inserted one. */
  readonly before?: string;
  readonly after?: string;
  /** It had finished; after acceptance it stays as done. */
  readonly done: boolean;
}

/** A section's or the runbook's ("") requirements held; they are not asked again. */
export interface SectionEnteredEvent {
  readonly type: "section-entered";
  readonly section: string;
}

/** A condition, a choice or the end of a repeat's pass, evaluated once. `key` names the block. */
export interface DecidedEvent {
  readonly type: "decided";
  readonly key: string;
  readonly value: string | boolean;
  readonly words: string;
}

export interface StartedEvent {
  readonly type: "started";
  readonly step: string;
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly effect: "read" | "write" | "destructive";
  readonly attempt: number;
  /** Exactly what runs; for people and native steps what they are shown. */
  readonly command?: string;
  readonly fingerprint: string;
  /** SHA-256 of the values that it really had, without secrets. */
  readonly inputs: string;
  readonly cwd: string;
  /** What undoes it, as it stands now; completed by `finished` where it needs the step's own outputs. */
  readonly undo?: RecordedUndo;
  readonly background: boolean;
  /** Id of the machine's boot: in another one, what is not on disk proves nothing. */
  readonly boot: string;
  /** Another process of lockstep found it running and follows it again. */
  readonly attached?: boolean;
}

export type RecordedUndo =
  | {
      readonly kind: "actions";
      readonly title: string;
      readonly idempotent: boolean;
      readonly ifCreated?: string;
      /** For `ifCreated`, once it has run: whether its output says that all, some or none of it was created. */
      readonly created?: "all" | "some" | "none";
      readonly actions: readonly RecordedUndoAction[];
      /** Own id, or the section's (`section:ID`) or runbook's (`runbook`) whose undo covers it. */
      readonly owner: string;
    }
  | { readonly kind: "not-needed"; readonly reason: string }
  | { readonly kind: "irreversible"; readonly reason: string; readonly instead?: string };

export interface RecordedUndoAction {
  readonly id: string;
  readonly effect: "read" | "write" | "destructive";
  /** The command; undefined until the step's own outputs are known. */
  readonly command?: string;
  readonly cwd: string;
  /** Variables by name; a secret only by its parameter's name. */
  readonly env: readonly (
    | { readonly name: string; readonly value: string }
    | { readonly name: string; readonly secret: string }
  )[];
}

export interface ReadyEvent {
  readonly type: "ready";
  readonly step: string;
}

export type Outcome =
  | "ok"
  /** A machine said no, a person yes, with a reason. */
  | "overruled"
  | "failed"
  | "skipped"
  | "undone"
  /** It began, and nobody knows how it ended. */
  | "unknown"
  /** A read that was ended before it was done; it counts as not started. */
  | "not-started";

export interface FinishedEvent {
  readonly type: "finished";
  readonly step: string;
  readonly attempt: number;
  readonly outcome: Outcome;
  readonly exitCode?: number;
  readonly seconds: number;
  /** Values captured, by name. */
  readonly outputs?: Readonly<Record<string, unknown>>;
  /** Why, in words: "exit code 1", "time-out after 10m 00s", "schema-changed is no", "there, says alice: ...". */
  readonly remark?: string;
  readonly undo?: RecordedUndo;
  /** Set where a person decided the outcome. */
  readonly by?: Actor;
  /** Another attempt follows by itself. */
  readonly retryIn?: number;
}

/** How much of a wait, or of a gate's `hold`, is behind it. In a guard's range only watched time counts. */
export interface WaitedEvent {
  readonly type: "waited";
  readonly step: string;
  readonly seconds: number;
  readonly of: number;
}

export interface AskedEvent {
  readonly type: "asked";
  readonly question: Question;
}

export interface AnsweredEvent {
  readonly type: "answered";
  readonly step: string;
  readonly kind: Question["kind"];
  readonly answer: Answer;
  readonly by: Actor;
  /** True: no signature stands behind the name, only the operating system's word. */
  readonly unsigned: boolean;
}

export interface ItemCheckedEvent {
  readonly type: "item-checked";
  readonly step: string;
  /** Counts from 1. */
  readonly item: number;
  readonly text: PlanChecklistItem["text"]["text"];
  readonly ok: boolean;
  readonly remark?: string;
}

export interface NotedEvent {
  readonly type: "noted";
  readonly step?: string;
  readonly text: string;
  readonly by: Actor;
}

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

export interface RollbackStartedEvent {
  readonly type: "rollback-started";
  readonly why: string;
  /** Keys of the steps whose undo runs, in the order in which it runs. */
  readonly steps: readonly string[];
  readonly scope: "all" | "since-guard";
  readonly guard?: string;
}

/** The steps that an `onFailure` or `onTrip` names begin. */
export interface ResponseStartedEvent {
  readonly type: "response-started";
  /** The step, section or guard that they belong to. */
  readonly owner: string;
  readonly why: string;
}

export interface StoppedEvent {
  readonly type: "stopped";
  readonly reason:
    | "failed"
    | "suspended"
    | "declined"
    | "interrupted"
    | "tripped"
    | "rollback-failed"
    | "changed"
    | "disk";
  readonly exitCode: number;
  readonly step?: string;
  readonly message: string;
}

export interface EndedEvent {
  readonly type: "ended";
  /** `ok`: every step done. `rolled-back`, `answered`: it did not succeed, but the answer to that did. */
  readonly result: "ok" | "rolled-back" | "answered";
  readonly exitCode: 0 | 4;
  readonly message?: string;
}

export interface HookFailedEvent {
  readonly type: "hook-failed";
  readonly hook: string;
  readonly event: string;
  readonly message: string;
}

/** What a run tells while it runs: the journal's events, and what is not kept there. */
export type RunEvent = (JournalEvent & { readonly at: string }) | OutputEvent | TickEvent;

/** Output of a step, masked, as it comes. */
export interface OutputEvent {
  readonly type: "output";
  readonly step: string;
  readonly number: string;
  readonly stream: "stdout" | "stderr";
  readonly text: string;
}

/** A wait or gate goes on; for a live display. Not in the journal. */
export interface TickEvent {
  readonly type: "tick";
  readonly step: string;
  readonly remaining: number;
  readonly of: number;
}
