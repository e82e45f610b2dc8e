import type { PlanBlock, PlanInclude, PlanResponse } from "../../dsl/plan/plan.ts";

/** The blocks of what a step, a section or a guard says for a failure or a trip. */
export function answerBlocks(block: PlanBlock): readonly PlanBlock[] {
  if (block.block === "guard") return blocksOf(block.onTrip);
  if (block.block === "step" || block.block === "section" || block.block === "include")
    return blocksOf(block.onFailure);
  return [];
}

function blocksOf(response: PlanResponse | undefined): readonly PlanBlock[] {
  return response?.kind === "blocks" ? response.body : [];
}

/** The one runbook that a response consists of: it has a page of its own. */
export function includeOf(response: PlanResponse | undefined): PlanInclude | undefined {
  const [first, ...rest] = blocksOf(response);
  return rest.length === 0 && first?.block === "include" ? first : undefined;
}
