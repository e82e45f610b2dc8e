import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { Block } from "./block.ts";
import type { StepNode } from "./step.ts";

/**
 * What stands in a body must be blocks.
 *
 * @param owner Whose body it is: "section prepare".
 * @throws LockstepError `not-a-block`
 */
export function requireBlocks(blocks: unknown, owner: string, at: CallSite): asserts blocks is readonly Block[] {
  if (!Array.isArray(blocks)) throw noList(blocks, owner, "[step(...)]", at);
  for (const block of blocks)
    if (typeof (block as Partial<Block> | undefined | null)?.block !== "string") throw notABlock(block, owner, at);
}

/**
 * The same, where only steps may stand.
 *
 * @throws LockstepError `not-a-block`, or `code` for what is another block
 */
export function requireSteps(
  steps: unknown,
  owner: string,
  at: CallSite,
  { code = "not-a-block", hint = "Put what is no step before or after it" }: Partial<StepsOnly> = {},
): asserts steps is readonly StepNode[] {
  if (!Array.isArray(steps)) throw noList(steps, owner, "[step(...), step(...)]", at);
  for (const step of steps as readonly (Partial<Block> | undefined | null)[]) {
    if (step?.block === "step") continue;
    if (typeof step?.block !== "string") throw notABlock(step, owner, at);
    throw new LockstepError({
      code,
      message: `${owner} takes steps only, not ${describeValue(step)}`,
      hint,
      at,
    });
  }
}

interface StepsOnly {
  readonly code: "not-a-block" | "parallel-steps-only";
  readonly hint: string;
}

function noList(given: unknown, owner: string, example: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "not-a-block",
    message: `${owner} needs a list of what stands in it, not ${describeValue(given)}`,
    hint: `Write it last, in brackets: ${example}`,
    at,
  });
}

function notABlock(given: unknown, owner: string, at: CallSite): LockstepError {
  const said = describeValue(given);
  const own = (given as { readonly at?: CallSite } | undefined | null)?.at;
  // a list and a text have a method of this name
  const place = typeof own === "object" ? own : at;
  return new LockstepError({
    code: "not-a-block",
    message: `${owner} holds ${said}, which is no block`,
    hint: hints[said] ?? (typeof given === "string" ? hints.text : hints.other) ?? "",
    at: place,
  });
}

const hints: Readonly<Record<string, string>> = {
  "an action": 'Put the action into a step: step("id", "Title", sh`...`)',
  "a list": "Put three dots before a list inside of a list: [...steps]",
  "a runbook": 'Place another runbook by include("id", other)',
  "a function": 'Call it: caution("...")',
  "a promise": "A body cannot wait: make its blocks without async",
  nothing: "See where a comma is doubled or a name is mistyped; what may not run goes into when(...)",
  false: "What may not run goes into when(p.name, [step(...)]), so that it stays on the page",
  text: 'Words for the reader are prose("..."), note("...") or caution("...")',
  other: "A body takes steps, sections and the other blocks",
};
