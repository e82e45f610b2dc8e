import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { isDone, type RunState } from "./run-state.ts";

/** As much of what a run has come to as tells what is ahead of it. */
export type RunProgress = Pick<RunState, "steps" | "rollback" | "response">;

/**
 * The steps that a run may still come to, in the order of the plan: what is done asks nothing any more; a rollback comes
 * to none, and what answers a failure to none of the main line.
 */
export function stepsThatMayAsk(plan: Plan, progress?: RunProgress): readonly PlanStep[] {
  if (progress?.rollback) return [];
  const begun = progress?.response;
  const answers = responsesOf(plan)
    .filter(({ owner }) => begun === undefined || owner === begun)
    .flatMap(({ response }) => (response.kind === "blocks" ? stepsIn(response.body) : []));
  return [...(begun === undefined ? stepsOf(plan) : []), ...answers].filter(
    ({ id, skipped }) => skipped === undefined && !isDone(progress?.steps.get(id)),
  );
}
