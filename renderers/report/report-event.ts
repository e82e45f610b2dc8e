/**
 * What a report reads of a run's journal: the fields of its events that it uses, so that renderers need not know the
 * runner. Whatever the journal holds besides, it holds for others.
 */
export type ReportEvent = { readonly at: string } & (
  | CreatedEvent
  | ResumedEvent
  | ChangesAcceptedEvent
  | PlanChangedEvent
  | PlaceChangedEvent
  | StartedEvent
  | FinishedEvent
  | AnsweredEvent
  | ItemCheckedEvent
  | NotedEvent
  | ReopenedEvent
  | DecidedEvent
  | SampledEvent
  | GuardEvent
  | RollbackEvent
  | StoppedEvent
  | EndedEvent
  | UnreadEvent
);

export interface Person {
  readonly user: string;
  readonly host: string;
}
interface CreatedEvent {
  readonly type: "created";
  readonly run: string;
  readonly planDigest: string;
  readonly environment?: string;
  readonly values: Readonly<Record<string, unknown>>;
  readonly secrets: readonly string[];
  readonly by: Person;
}
interface ResumedEvent {
  readonly type: "resumed";
  readonly purpose: "go-on" | "rollback";
  readonly by: Person;
}
interface ChangesAcceptedEvent {
  readonly type: "changes-accepted";
  readonly by: Person;
  readonly changes: readonly {
    readonly step: string;
    readonly change: string;
    readonly what?: string;
    readonly done: boolean;
    readonly mayRunAgain?: true;
    readonly pass?: string;
  }[];
  readonly again?: readonly string[];
}
interface PlanChangedEvent {
  readonly type: "plan-changed";
  readonly planDigest: string;
}
interface PlaceChangedEvent {
  readonly type: "place-changed";
  readonly by: Person;
  readonly differences: readonly { readonly what: string; readonly before: string; readonly now: string }[];
}
interface StartedEvent {
  readonly type: "started";
  readonly step: string;
  readonly attempt: number;
  readonly command?: string;
}
interface FinishedEvent {
  readonly type: "finished";
  readonly step: string;
  readonly attempt: number;
  readonly outcome: string;
  readonly seconds: number;
  readonly exitCode?: number;
  readonly outputs?: Readonly<Record<string, unknown>>;
  readonly remark?: string;
  readonly by?: Person;
  readonly retryIn?: number;
}
interface AnsweredEvent {
  readonly type: "answered";
  readonly step: string;
  readonly answer: {
    readonly say: string;
    readonly reason?: string;
    readonly how?: string;
    readonly items?: readonly number[];
    readonly asks?: Readonly<Record<string, string>>;
  };
  readonly by: Person;
  readonly unsigned: boolean;
  readonly signature?: { readonly person: string; readonly fingerprint: string };
}
interface ItemCheckedEvent {
  readonly type: "item-checked";
  readonly step: string;
  readonly item: number;
  readonly ok: boolean;
  readonly remark?: string;
}
interface NotedEvent {
  readonly type: "noted";
  readonly step?: string;
  readonly text: string;
  readonly by: Person;
}
interface ReopenedEvent {
  readonly type: "reopened";
  readonly step: string;
  readonly by: Person;
  readonly why: string;
}
interface SampledEvent {
  readonly type: "sampled";
  readonly guard?: string;
  readonly gate?: string;
  readonly samples: readonly ReportSample[];
}
export interface ReportSample {
  readonly title: string;
  readonly alert: string;
  readonly unit: string;
  readonly bound: number;
  readonly op: "above" | "below";
  readonly value?: number;
  readonly bad: boolean;
}
interface GuardEvent {
  readonly type: "guard-tripped" | "guard-blind" | "guard-sees" | "guard-armed" | "guard-closed" | "guard-gap";
  readonly guard: string;
  readonly why?: string;
  readonly seconds?: number;
  readonly by?: Person;
}
interface RollbackEvent {
  readonly type: "rollback-started";
  readonly why: string;
}
interface DecidedEvent {
  readonly type: "decided";
  readonly value: string | boolean;
  readonly words: string;
  readonly by?: Person;
  readonly instead?: string | boolean;
}
interface LeftProcess {
  readonly step: string;
  readonly pid: number;
  readonly name: string;
}
interface StoppedEvent {
  readonly type: "stopped";
  readonly leaves?: readonly LeftProcess[];
  readonly reason: string;
  readonly exitCode: number;
  readonly message: string;
}
interface EndedEvent {
  readonly type: "ended";
  readonly leaves?: readonly LeftProcess[];
  readonly result: string;
  readonly exitCode: number;
  readonly message?: string;
}
interface UnreadEvent {
  readonly type: "section-entered" | "ready" | "waited" | "asked" | "guard-opened" | "response-started" | "hook-failed";
}
