import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { OnFailureNode } from "../nodes/on-failure.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { Compilation, Surroundings } from "./compilation.ts";
import { compileBlocks } from "./compile-blocks.ts";
import type { PlanResponse } from "./plan.ts";

/**
 * What happens after a failure or a trip. Its steps are numbered below `number`, and are not part of the main line.
 *
 * @throws LockstepError `bad-setting` when it stands inside another answer: what fails there stops, and a person decides
 */
export function compileResponse(
  compilation: Compilation,
  root: AnyRunbook,
  node: OnFailureNode,
  number: string,
  around: Surroundings,
  at: CallSite,
): PlanResponse {
  if (!around.main && node.kind !== "stop")
    throw new LockstepError({
      code: "bad-setting",
      message: "an answer to a failure cannot have one of its own: what fails in it stops, and a person decides",
      hint: "Leave out this onFailure, or include another runbook than one that has it",
      at,
    });
  if (node.kind !== "blocks") return { kind: node.kind };
  return {
    kind: "blocks",
    body: compileBlocks(compilation, root, node.body, { ...around, number, counter: { last: 0 }, main: false }),
  };
}
