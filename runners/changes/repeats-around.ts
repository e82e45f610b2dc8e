import type { Plan, PlanBlock, PlanRepeat } from "../../dsl/plan/plan.ts";
import { childrenOf, responsesOf } from "../../dsl/plan/walk-plan.ts";

/** The repeats around each step that one runs again and again, the outermost first; also in what answers a failure or trip. */
export function repeatsAround(plan: Plan): ReadonlyMap<string, readonly PlanRepeat[]> {
  const found = new Map<string, readonly PlanRepeat[]>();
  const visit = (block: PlanBlock, around: readonly PlanRepeat[]): void => {
    if (block.block === "step" && around.length > 0) found.set(block.id, around);
    const inner = block.block === "repeat" ? [...around, block] : around;
    for (const child of childrenOf(block)) visit(child, inner);
  };
  const answers = responsesOf(plan).flatMap(({ response }) => (response.kind === "blocks" ? response.body : []));
  for (const block of [...plan.body, ...answers]) visit(block, []);
  return found;
}
