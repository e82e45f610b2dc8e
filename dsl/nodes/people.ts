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
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requireAction, requireRead } from "../settings/require-action.ts";
import { requireHeading } from "../settings/require-heading.ts";
import type { Undo } from "../undo/undo.ts";
import type { CommandNode } from "../values/command.ts";
import type { Duration } from "../values/duration.ts";
import { requireNumber } from "../values/require-number.ts";
import type { Text, TextNode } from "../values/text.ts";
import { type CommonOptions, createStep, type RefsOf, type Step } from "./step.ts";

/** What every question to a person can have. */
interface QuestionOptions extends Pick<CommonOptions, "onFailure" | "added" | "after"> {
  /** In a guard's range, unattended: how long the run waits for an answer before the guard trips. */
  readonly deadline?: Duration;
}

interface CheckOptions {
  readonly expect?: Expect;
}

interface ApprovalOptions extends QuestionOptions {
  readonly by: readonly [string, ...string[]];
  /** How many different people must approve; 1 unless given. */
  readonly quorum?: number;
  /**
   * How long a yes holds: from the first one until the quorum is reached and the first step that is approved starts, and
   * until a resume that has steps of it left to do. What is older is void, and is asked again.
   */
  readonly validFor?: Duration;
  /** Four eyes: who approves is somebody who has neither started nor resumed the run. */
  readonly secondPerson?: boolean;
}

const questionSettings = { onFailure: "any", added: "boolean", after: "texts", deadline: "duration" } as const;
const checkSettingsTable = defineSettings<CheckOptions>({ expect: "any" });
const checklistSettings = defineSettings<QuestionOptions>(questionSettings);
const approvalSettings = defineSettings<ApprovalOptions>({
  ...questionSettings,
  by: "texts!",
  quorum: "number",
  validFor: "duration",
  secondPerson: "boolean",
});
const manualSettings = defineSettings<ManualOptions<Outputs>>({
  ...questionSettings,
  asks: "object",
  instructions: "text",
  command: "any",
  effect: "string",
  undo: "any",
  by: "string",
});

/** An item that a read can tick. */
export function check(text: Text, action: ShellLikeAction<"read">, options: CheckOptions = {}): ChecklistItem {
  const at = captureCallSite(check);
  requireItemText(text, "check", at);
  requireRead(`the check of ${JSON.stringify(text)}`, action, at);
  checkSettings(checkSettingsTable, options, "check", undefined, at);
  return Object.freeze({ text, check: { action, expect: parseExpect(options.expect, at) } });
}

/** An item that somebody other than the operator must tick. */
export function secondPerson(text: Text): ChecklistItem {
  requireItemText(text, "secondPerson", captureCallSite(secondPerson));
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
  requireHeading("checklist", id, title, at);
  if (!Array.isArray(items)) throw noItems(id, items, at);
  checkSettings(checklistSettings, options, "checklist", id, at);
  if (items.length === 0) throw emptyChecklist(id, at);
  const parsed = items.map((item) => parseItem(item, id, at));
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
  requireHeading("manual", id, title, at);
  checkSettings(manualSettings, options as ManualOptions<Outputs>, "manual step", id, at);
  if (options.command !== undefined) requireAction("manual", id, options.command, at);
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
 * approval("drop", "Drop the old tables", { by: ["dba"], quorum: 2, secondPerson: true, validFor: minutes(30) });
 */
export function approval(id: string, title: Text, given: ApprovalOptions): Step<NoOutputs, ApprovalAction> {
  const at = captureCallSite(approval);
  requireHeading("approval", id, title, at);
  checkSettings(approvalSettings, given, "approval", id, at);
  const { by, quorum = 1, validFor, secondPerson: isSecond, ...options } = given;
  requireNumber(quorum, `the quorum of ${id}`, { min: 1, whole: true }, at);
  if (!Array.isArray(by) || by.length === 0) throw approvedByNobody(id, at);
  const terms = {
    ...(validFor === undefined ? {} : { validFor }),
    ...(isSecond ? { secondPerson: true as const } : {}),
  };
  const action = { node: "action", kind: "approval", effect: "read", by, quorum, ...terms, at } as const;
  return createStep(id, title, action, options, at);
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

/** Words alone are an item that a person ticks. */
function parseItem(item: Text | ChecklistItem, id: string, at: CallSite): ChecklistItem {
  if (typeof item === "string" || (item as Partial<TextNode> | undefined | null)?.node === "text")
    return { text: item as Text };
  const { text, check: read, by } = (item ?? {}) as Partial<ChecklistItem>;
  if (text !== undefined && (read !== undefined || by !== undefined)) return item as ChecklistItem;
  throw new LockstepError({
    code: "bad-action",
    message: `the checklist ${id} holds ${describeValue(item)}, which is no item`,
    hint: 'An item is words, check("words", sh.read`...`) or secondPerson("words")',
    at,
  });
}

function noItems(id: string, given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-action",
    message: `the checklist ${id} needs a list of items, not ${describeValue(given)}`,
    hint: `Write checklist("${id}", "...", ["what must hold", check("what a read shows", sh.read\`...\`)])`,
    at,
  });
}

function requireItemText(text: unknown, call: string, at: CallSite): void {
  if (typeof text === "string" || (text as Partial<TextNode> | undefined | null)?.node === "text") return;
  throw new LockstepError({
    code: "bad-action",
    message: `${call} begins with what must hold, in words, not with ${describeValue(text)}`,
    hint: call === "check" ? 'Write check("Tests passed", sh.read`make test`)' : 'Write secondPerson("Reviewed")',
    at,
  });
}
