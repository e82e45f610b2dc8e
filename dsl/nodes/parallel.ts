import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { requireSteps } from "./require-blocks.ts";
import type { StepNode } from "./step.ts";

/** Steps that start as soon as what they need is done. A level of the numbering. */
export interface ParallelNode {
  readonly block: "parallel";
  readonly id: string;
  readonly title: string;
  readonly steps: readonly StepNode[];
  readonly at: CallSite;
}

/**
 * Steps in any order: each starts when the steps whose outputs it uses, and those in `after`, are done.
 *
 * @example
 * parallel("checks", "Check everything", [step("a", ...), step("b", ..., { after: ["a"] })]);
 */
export function parallel(id: string, title: string, steps: readonly StepNode[]): ParallelNode {
  const at = captureCallSite(parallel);
  requireHeading("parallel", id, title, at);
  requireSteps(steps, `the parallel ${id}`, at, {
    code: "parallel-steps-only",
    hint: "Put sections and other blocks before or after it; in a parallel, `after` says what comes first",
  });
  return Object.freeze({ block: "parallel", id, title, steps, at });
}
