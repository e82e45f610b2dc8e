import type {
  ApprovalAction,
  ChecklistAction,
  ChecklistItem,
  ManualAction,
  ShellLikeAction,
} from "../actions/action.ts";
import type { Effect } from "../actions/effect.ts";
import { type Expect, parseExpect } from "../actions/expect.ts";
import type { NoOutputs, Outputs } from "../actions/output.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { Undo } from "../undo/undo.ts";
import type { CommandNode } from "../values/command.ts";
import type { Duration } from "../values/duration.ts";
import { requireNumber } from "../values/require-number.ts";
import type { Text } from "../values/text.ts";
import { type CommonOptions, createStep, type RefsOf, type Step } from "./step.ts";

/** What every question to a person can have. */
interface QuestionOptions extends Pick<CommonOptions, "onFailure" | "added" | "after"> {
  /** In a guard's range, unattended: how long the run waits for an answer before the guard trips. */
  readonly deadline?: Duration;
}

/** An item that a read can tick. */
export function check(
  text: Text,
  action: ShellLikeAction<"read">,
  { expect }: { readonly expect?: Expect } = {},
): ChecklistItem {
  return Object.freeze({ text, check: { action, expect: parseExpect(expect, captureCallSite(check)) } });
}

/** An item that somebody other than the operator must tick. */
export function secondPerson(text: Text): ChecklistItem {
  return Object.freeze({ text, by: "secondPerson" });
}

/**
 * Items that must all hold.
 *
 * @example
 * checklist("gates", "Pre-production gates", ["Code reviewed and approved", check("Tests passed", sh.read`make test`)]);
 */
export function checklist(
  id: string,
  title: Text,
  items: readonly (Text | ChecklistItem)[],
  options: QuestionOptions = {},
): Step<NoOutputs, ChecklistAction> {
  const at = captureCallSite(checklist);
  if (items.length === 0) throw emptyChecklist(id, at);
  const parsed = items.map(
    (item): ChecklistItem => (typeof item === "string" || "node" in item ? { text: item } : item),
  );
  return createStep(id, title, { node: "action", kind: "checklist", effect: "read", items: parsed, at }, options, at);
}

/** What belongs to a manual step. */
export interface ManualOptions<O extends Outputs, E extends Effect = Effect> extends QuestionOptions {
  /** What the person is asked for; it lands in the report, and later steps can use it. */
  readonly asks?: O;
  /** More than the title can say. */
  readonly instructions?: Text;
  /** A command for the person to run; lockstep shows it and does not run it. */
  readonly command?: ShellLikeAction;
  /** What the person does to the world; a write needs an undo. By default it only looks. */
  readonly effect?: E;
  readonly undo?: Undo<RefsOf<O>>;
  readonly by?: "secondPerson";
}

/**
 * What only a person can do.
 *
 * @example
 * manual("assess", "Assess the impact on the monitoring dashboards", { asks: { impact: ask.line("What users see") } });
 */
export function manual<const O extends Outputs = NoOutputs, E extends Effect = "read">(
  id: string,
  title: Text,
  options: ManualOptions<O, E> = {},
): Step<O, ManualAction<E>> {
  const at = captureCallSite(manual);
  const { asks, command, instructions, effect = "read" as E, by, ...rest } = options;
  const commandNode: { command?: CommandNode } = command === undefined ? {} : { command: command.command };
  return createStep(
    id,
    title,
    {
      node: "action",
      kind: "manual",
      effect,
      at,
      ...commandNode,
      ...(instructions === undefined ? {} : { instructions }),
      ...(by === undefined ? {} : { by }),
    },
    { ...rest, ...(asks === undefined ? {} : { outputs: asks }) },
    at,
  );
}

/**
 * People or roles say yes to exactly what follows, up to the next approval.
 *
 * @example
 * approval("go", text`Switch traffic to green (${p.version})`, { by: ["release-manager"] });
 */
export function approval(
  id: string,
  title: Text,
  {
    by,
    quorum = 1,
    ...options
  }: QuestionOptions & { readonly by: readonly [string, ...string[]]; readonly quorum?: number },
): Step<NoOutputs, ApprovalAction> {
  const at = captureCallSite(approval);
  requireNumber(quorum, `the quorum of ${id}`, { min: 1, whole: true }, at);
  if (!Array.isArray(by) || by.length === 0) throw approvedByNobody(id, at);
  return createStep(id, title, { node: "action", kind: "approval", effect: "read", by, quorum, at }, options, at);
}

function approvedByNobody(id: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `nobody can approve ${id}`,
    hint: 'Name the people or roles: { by: ["release-manager"] }',
    at,
  });
}

function emptyChecklist(id: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-action",
    message: `the checklist ${id} has no items, so it would always hold`,
    hint: "Say what must hold, or delete it",
    at,
  });
}
