import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { RunHistory } from "./run-history.ts";
import { baseId } from "./step-numbers.ts";
import { undoneAt } from "./undone-steps.ts";

/** The steps that changed something, or may have, and were not undone. */
export function leftSteps(plan: Plan, { steps }: RunHistory): readonly PlanStep[] {
  const left = [...steps.values()].filter((record) => {
    const outcome = record.finished?.outcome;
    if (outcome === undefined || undoneAt(record, { steps }) !== undefined) return false;
    return !record.key.startsWith("undo:") && ["ok", "overruled", "failed", "unknown"].includes(outcome);
  });
  const ids = new Set(left.map(({ key }) => baseId(key)));
  return stepsOf(plan).filter(({ id, effect }) => effect !== "read" && ids.has(id));
}
