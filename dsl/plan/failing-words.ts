import { flagOf } from "../params/parameter-flag.ts";
import type { PlanCondition, PlanOperand } from "./plan.ts";

/** Why what stands under a condition does not run: "schema-changed is no", "strategy is not `rolling`". */
export function failingWords(condition: PlanCondition): string {
  if (condition.op !== "is") return `not so: ${condition.words}`;
  const name = nameOf(condition.operand);
  if (typeof condition.value === "boolean") return `${name} is ${condition.value ? "no" : "yes"}`;
  return `${name} is not \`${String(condition.value)}\``;
}

function nameOf(operand: PlanOperand): string {
  if ("param" in operand) return flagOf(operand.param);
  return "step" in operand ? flagOf(operand.output) : `\`${String(operand.value)}\``;
}
