import type { Plan, PlanBlock } from "../../dsl/plan/plan.ts";
import { childrenOf, stepsIn } from "../../dsl/plan/walk-plan.ts";

/** The steps that a repeat runs again and again, each with the id of the outermost repeat around it. */
export function repeatedSteps(plan: Plan): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const visit = (block: PlanBlock): void => {
    if (block.block === "repeat") for (const { id } of stepsIn(block.body)) found.set(id, block.id);
    else for (const child of childrenOf(block)) visit(child);
  };
  for (const block of plan.body) visit(block);
  return found;
}
