import type { PlanChecklistItem } from "../../dsl/plan/plan.ts";
import type { AnsweredEvent, AskedEvent } from "./answer-event.ts";
import type { ChangesAcceptedEvent, PlanChangedEvent, ReopenedEvent } from "./change-event.ts";
import type { GuardOpenedEvent, GuardStateEvent, SampledEvent } from "./guard-event.ts";
import type { PlaceChangedEvent, RunPlace } from "./place-event.ts";
import type { RecordedUndo } from "./recorded-undo.ts";

export type * from "./answer-event.ts";
export * from "./change-event.ts";
export type * from "./guard-event.ts";
export type * from "./place-event.ts";
export type * from "./recorded-undo.ts";

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
  | ReopenedEvent
  | PlaceChangedEvent
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

/** The first event of a run. */
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
  /** The project's root. */
  readonly cwd: string;
  readonly place?: RunPlace;
  /** Id of the machine's boot, for what follows until the run is resumed: times of two boots cannot be compared. */
  readonly boot: string;
  readonly lockstep: string;
}

/** Who decides: nobody (`auto`), people where they are needed, people before each step. */
export type RunMode = "auto" | "interactive" | "step";

/** Another process goes on with the run. */
export interface ResumedEvent {
  readonly type: "resumed";
  readonly mode: RunMode;
  readonly by: Actor;
  readonly runbookDigest: string;
  readonly planDigest: string;
  /** `rollback`: resumed to undo what ran. */
  readonly purpose: "go-on" | "rollback";
  /** Id of the machine's boot, for what follows. */
  readonly boot: string;
}

/** A section's or the runbook's ("") requirements held; they are not asked again. */
export interface SectionEnteredEvent {
  readonly type: "section-entered";
  readonly section: string;
}

/**
 * A condition, a choice or the end of a repeat's pass, evaluated once. `key` names the block. Decided anew only where a
 * person says so, since what it was decided from has changed.
 */
export interface DecidedEvent {
  readonly type: "decided";
  readonly key: string;
  readonly value: string | boolean;
  readonly words: string;
  /** Set where a person decided: anew, or that it stays. */
  readonly by?: Actor;
  /** It stays as it was, although by the values of now it would be this. */
  readonly instead?: string | boolean;
}

/** An attempt at a step begins; on disk before anything of it happens. */
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

/** A background step is ready. */
export interface ReadyEvent {
  readonly type: "ready";
  readonly step: string;
}

/** How a step stands, once it is no longer running. */
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

/** An attempt at a step ended, or what became of it was decided. `undone`: `seconds` is what its undo took. */
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
  /** Of what counts as not started: it had begun, and its remark says how far it came. */
  readonly begun?: true;
}

/** How much of a wait, or of a gate's `hold`, is behind it. In a guard's range only watched time counts. */
export interface WaitedEvent {
  readonly type: "waited";
  readonly step: string;
  readonly seconds: number;
  readonly of: number;
}

/** A machine looked at an item of a checklist. */
export interface ItemCheckedEvent {
  readonly type: "item-checked";
  readonly step: string;
  /** Counts from 1. */
  readonly item: number;
  readonly text: PlanChecklistItem["text"]["text"];
  readonly ok: boolean;
  readonly remark?: string;
}

/** A note, by a person or about an answer that did not count. */
export interface NotedEvent {
  readonly type: "noted";
  readonly step?: string;
  /** It tells of an answer that did not count, and why. */
  readonly uncounted?: true;
  readonly text: string;
  readonly by: Actor;
}

/** What ran is being undone. */
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

/** A process that outlives the step that started it. */
export interface LeftProcess {
  readonly step: string;
  readonly pid: number;
  /** The beginning of the name of its program. */
  readonly name: string;
}

/** Nothing runs any more, and the run can be resumed. */
export interface StoppedEvent {
  readonly type: "stopped";
  /** What steps that have ended left running. */
  readonly leaves?: readonly LeftProcess[];
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
  /** A person said no to the step: who and why, "refused by alice: the build is red". */
  readonly refusal?: string;
}

/** The run is over. */
export interface EndedEvent {
  readonly type: "ended";
  /** What steps left running. */
  readonly leaves?: readonly LeftProcess[];
  /** `ok`: every step done. `rolled-back`, `answered`: it did not succeed, but the answer to that did. */
  readonly result: "ok" | "rolled-back" | "answered";
  readonly exitCode: 0 | 4;
  readonly message?: string;
}

/** A hook threw, or took too long. */
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
