import type { Plan } from "../../dsl/plan/plan.ts";

/** A plan as JSON, as `lockstep/plan.schema.json` describes it. */
export function renderPlanJson(plan: Plan): string {
  return `${JSON.stringify(plan, null, 2)}\n`;
}
