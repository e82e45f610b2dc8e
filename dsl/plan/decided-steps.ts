import type { PlanCondition, PlanOperand, PlanStep } from "./plan.ts";

/** Numbers of the steps that each parameter decides. */
export function decidedSteps(mainLine: readonly PlanStep[]): ReadonlyMap<string, readonly string[]> {
  const decides = new Map<string, string[]>();
  for (const { number, conditions } of mainLine)
    for (const name of new Set(conditions.flatMap(parametersOf))) append(decides, name, number);
  return decides;
}

function parametersOf(condition: PlanCondition): readonly string[] {
  if ("condition" in condition) return parametersOf(condition.condition);
  if ("conditions" in condition) return condition.conditions.flatMap(parametersOf);
  return parameterOf(condition.operand);
}

function parameterOf(operand: PlanOperand): readonly string[] {
  return "param" in operand ? [operand.param] : [];
}

function append(decides: Map<string, string[]>, name: string, number: string): void {
  const numbers = decides.get(name);
  if (numbers) numbers.push(number);
  else decides.set(name, [number]);
}
