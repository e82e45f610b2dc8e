import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { RunHistory } from "./run-history.ts";

/** The steps that changed something, or may have, and were not undone. */
export function leftSteps(plan: Plan, { steps }: RunHistory): readonly PlanStep[] {
  return stepsOf(plan).filter(({ id, effect }) => {
    const outcome = steps.get(id)?.finished?.outcome;
    return effect !== "read" && outcome !== undefined && ["ok", "overruled", "failed", "unknown"].includes(outcome);
  });
}
