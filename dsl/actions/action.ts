import type { CallSite } from "../errors/source-position.ts";
import type { AlertNode } from "../measurements/measurement.ts";
import type { CommandNode } from "../values/command.ts";
import type { Duration } from "../values/duration.ts";
import type { Ref } from "../values/ref.ts";
import type { Text } from "../values/text.ts";
import type { CodeFunction } from "./code.ts";
import type { Effect } from "./effect.ts";
import type { ExpectNode } from "./expect.ts";

interface ActionCommon<E extends Effect> {
  readonly node: "action";
  readonly effect: E;
  readonly at: CallSite;
}

/** bash runs exactly the characters of the command. */
export interface ShellAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "shell";
  readonly command: CommandNode;
}

/** One kubectl command line, with what it names as data. */
export interface KubernetesAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "kubernetes";
  readonly command: CommandNode;
  readonly verb: string;
  /** Where it acts, for "on: ...": the values of `-n` and `--context`, if the line has them. */
  readonly namespace?: string | Ref<string>;
  readonly context?: string | Ref<string>;
}

/** One HTTP request, as the curl command line that makes it. */
export interface HttpAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "http";
  readonly command: CommandNode;
  readonly method: string;
}

/** A TypeScript function of the runbook; the page shows its own source. */
export interface CodeAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "code";
  readonly run: CodeFunction;
}

/** One thing that must hold. */
export interface ChecklistItem {
  readonly text: Text;
  /** A read that ticks the item when it succeeds and shows what is expected. */
  readonly check?: { readonly action: ShellLikeAction<"read">; readonly expect: readonly ExpectNode[] };
  /** `secondPerson`: somebody other than the operator must tick it. */
  readonly by?: "secondPerson";
}
/** Items that must all hold; a person ticks those without a check. */
export interface ChecklistAction extends ActionCommon<"read"> {
  readonly kind: "checklist";
  readonly items: readonly ChecklistItem[];
}

/** What only a person can do. A command, if there is one, is for the person to run. */
export interface ManualAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "manual";
  readonly command?: CommandNode;
  readonly instructions?: Text;
  readonly by?: "secondPerson";
}

/** People or roles say yes to exactly what comes next. */
export interface ApprovalAction extends ActionCommon<"read"> {
  readonly kind: "approval";
  readonly by: readonly string[];
  /** How many different people must approve. */
  readonly quorum: number;
  /** How long a yes holds; for ever without one. */
  readonly validFor?: Duration;
  /** Nobody who has started or resumed the run approves. */
  readonly secondPerson?: true;
}

/** Lets time pass: `sleep N`. */
export interface WaitAction extends ActionCommon<"read"> {
  readonly kind: "wait";
  readonly duration: Duration | Ref<Duration>;
}

/** Shows a read again and again until a person has seen enough. */
export interface WatchAction extends ActionCommon<"read"> {
  readonly kind: "watch";
  readonly command: CommandNode;
  readonly interval: Duration;
  /** What to wait for, in words. */
  readonly until: string;
}

/** Samples alerts for a time; goes on only if none of them held. */
export interface GateAction extends ActionCommon<"read"> {
  readonly kind: "gate";
  readonly failIf: readonly AlertNode[];
  readonly hold: Duration;
  readonly interval: Duration;
  readonly delay: Duration;
  /** Bad samples that fail it. */
  readonly failures: number;
  /** Samples without a number, in a row, that make it inconclusive. */
  readonly blindAfter: number;
}

/** A kind of a third party, by `defineAction`. */
export interface CustomAction<E extends Effect = Effect> extends ActionCommon<E> {
  readonly kind: "custom";
  readonly name: string;
  readonly command: CommandNode;
  /** Runs it in lockstep's own process; without one, bash runs the command. */
  readonly run?: CodeFunction;
}

export type ShellLikeAction<E extends Effect = Effect> = ShellAction<E> | KubernetesAction<E> | HttpAction<E>;
/** What `step` takes. People, waits, watches and gates have functions of their own. */
export type Action<E extends Effect = Effect> = ShellLikeAction<E> | CodeAction<E> | CustomAction<E>;
export type PersonAction = ChecklistAction | ManualAction | ApprovalAction;
/** Whatever a step can do. */
export type AnyAction = Action | PersonAction | WaitAction | WatchAction | GateAction;
/** The name of what an action does. */
export type ActionKind = AnyAction["kind"];
