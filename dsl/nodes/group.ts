import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { Text, TextNode } from "../values/text.ts";
import { requireSteps } from "./require-blocks.ts";
import type { StepNode } from "./step.ts";

/** Several steps under one title, whose commands share a block on the page. No level of the numbering. */
export interface GroupNode {
  readonly block: "group";
  readonly title: Text;
  readonly undoTitle?: Text;
  readonly steps: readonly StepNode[];
  readonly at: CallSite;
}

/** What a group may say besides its title. */
interface GroupOptions {
  /** The title of its undo on the page. */
  readonly undoTitle?: Text;
}

const groupSettings = defineSettings<GroupOptions>({ undoTitle: "text" });

/**
 * One title over several commands.
 *
 * @example
 * group("Deploy the green infrastructure", { undoTitle: "Delete the green infrastructure" }, [step(...), step(...)]);
 */
export function group(title: Text, steps: readonly StepNode[]): GroupNode;
export function group(title: Text, options: GroupOptions, steps: readonly StepNode[]): GroupNode;
export function group(title: Text, first: GroupOptions | readonly StepNode[], second?: readonly StepNode[]): GroupNode {
  const at = captureCallSite(group);
  if (!isWords(title)) throw titleFirst(title, at);
  const isShort = second === undefined && describeValue(first) !== "an object";
  const [options, steps]: [GroupOptions, unknown] = isShort ? [{}, first] : [first as GroupOptions, second];
  checkSettings(groupSettings, options, "group", title, at);
  requireSteps(steps, `group ${typeof title === "string" ? JSON.stringify(title) : ""}`.trim(), at);
  return Object.freeze({ block: "group", title, ...options, steps, at });
}

function isWords(title: unknown): boolean {
  return typeof title === "string" || (title as Partial<TextNode> | undefined | null)?.node === "text";
}

function titleFirst(given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "empty-title",
    message: `a group begins with its title, not with ${describeValue(given)}`,
    hint: 'Write group("What its steps do", [step(...), step(...)])',
    at,
  });
}
