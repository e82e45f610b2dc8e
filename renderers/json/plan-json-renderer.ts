import type { Plan } from "../../dsl/plan/plan.ts";
import { jsonText } from "./json-text.ts";

/** A plan as JSON, as `lockstep/plan.schema.json` describes it. */
export function renderPlanJson(plan: Plan): string {
  return `${jsonText(plan, 2)}\n`;
}
