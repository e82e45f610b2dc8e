import type { OnFailureNode } from "../nodes/on-failure.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { Compilation, Surroundings } from "./compilation.ts";
import { compileBlocks } from "./compile-blocks.ts";
import type { PlanResponse } from "./plan.ts";

/** What happens after a failure or a trip. Its steps are numbered below `number`, and are not part of the main line. */
export function compileResponse(
  compilation: Compilation,
  root: AnyRunbook,
  node: OnFailureNode,
  number: string,
  around: Surroundings,
): PlanResponse {
  if (node.kind !== "blocks") return { kind: node.kind };
  return {
    kind: "blocks",
    body: compileBlocks(compilation, root, node.body, { ...around, number, counter: { last: 0 }, main: false }),
  };
}
