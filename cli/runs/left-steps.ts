import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { RunHistory } from "./run-history.ts";
import { undoneAt } from "./undone-steps.ts";

/** The steps that changed something, or may have, and were not undone. */
export function leftSteps(plan: Plan, { steps }: RunHistory): readonly PlanStep[] {
  return stepsOf(plan).filter(({ id, effect }) => {
    const record = steps.get(id);
    const outcome = record?.finished?.outcome;
    if (record === undefined || outcome === undefined || undoneAt(record, { steps }) !== undefined) return false;
    return effect !== "read" && ["ok", "overruled", "failed", "unknown"].includes(outcome);
  });
}
