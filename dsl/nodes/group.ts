import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { Text } from "../values/text.ts";
import type { StepNode } from "./step.ts";

/** Several steps under one title, whose commands share a block on the page. No level of the numbering. */
export interface GroupNode {
  readonly block: "group";
  readonly title: Text;
  readonly undoTitle?: Text;
  readonly steps: readonly StepNode[];
  readonly at: CallSite;
}

/**
 * One title over several commands.
 *
 * @example
 * group("Deploy the green infrastructure", { undoTitle: "Delete the green infrastructure" }, [step(...), step(...)]);
 */
export function group(title: Text, steps: readonly StepNode[]): GroupNode;
export function group(title: Text, options: { readonly undoTitle?: Text }, steps: readonly StepNode[]): GroupNode;
export function group(
  title: Text,
  first: { readonly undoTitle?: Text } | readonly StepNode[],
  second?: readonly StepNode[],
): GroupNode {
  const [options, steps] =
    second === undefined ? [{}, first as readonly StepNode[]] : [first as { readonly undoTitle?: Text }, second];
  return Object.freeze({ block: "group", title, ...options, steps, at: captureCallSite(group) });
}
