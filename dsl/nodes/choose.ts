import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import { type Ref, type RefNode, refOf } from "../values/ref.ts";
import type { Block } from "./block.ts";
import { requireBlocks } from "./require-blocks.ts";

/** One of several ways, by a `oneOf`. Each branch is a level of the numbering. */
export interface ChooseNode {
  readonly block: "choose";
  readonly id: string;
  readonly ref: RefNode;
  readonly branches: Readonly<Record<string, readonly Block[]>>;
  readonly at: CallSite;
}

/**
 * Takes the branch that the value names; every choice must be handled.
 *
 * @example
 * choose("way-back", p.target, { previous: [step(...)], revision: [step(...)] });
 */
export function choose<C extends string>(
  id: string,
  ref: string extends C ? never : Ref<C>,
  branches: { readonly [K in C]: readonly Block[] },
): ChooseNode {
  const at = captureCallSite(choose);
  const node = refOf(ref);
  if (!node)
    throw new LockstepError({
      code: "bad-setting",
      message: `choose "${id}" needs the ref of a oneOf`,
      hint: `Write choose("${id}", p.name, { ... }), with a parameter made by param.oneOf([...])`,
      at,
    });
  if (describeValue(branches) !== "an object" || Object.keys(branches).length === 0)
    throw new LockstepError({
      code: "bad-setting",
      message: `choose "${id}" needs the steps of each choice, by the name of the choice`,
      hint: `Write choose("${id}", p.name, { first: [step(...)], second: [step(...)] })`,
      at,
    });
  for (const [choice, body] of Object.entries(branches)) requireBlocks(body, `${choice} of choose ${id}`, at);
  return Object.freeze({ block: "choose", id, ref: node, branches, at });
}
