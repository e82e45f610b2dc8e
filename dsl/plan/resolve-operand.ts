import { renderShellTemplate } from "../shell/render-shell-template.ts";
import type { ResolvedValue, ShellTemplate } from "../shell/shell-template.ts";
import type { PlainValue } from "../values/ref.ts";
import type { Plan, PlanCommand, PlanCondition, PlanOperand, PlanParameter, PlanText } from "./plan.ts";
import { stepsOf } from "./walk-plan.ts";

/** Values that are known by now: undefined is "not known". */
export interface Scope {
  param(name: string): PlainValue | undefined;
  output(step: string, output: string): PlainValue | undefined;
  /** The step did not and will not run, so that `orElse` holds. */
  absent(step: string): boolean;
}

/** The scope in which nothing has run yet; what values skip is known not to run. */
export function planScope(plan: Pick<Plan, "parameters" | "requires" | "body">): Scope {
  let skipped: ReadonlySet<string> | undefined;
  const absent = (id: string): boolean => {
    skipped ??= new Set(stepsOf(plan).flatMap((step) => (step.skipped === undefined ? [] : [step.id])));
    return skipped.has(id);
  };
  return valuesScope(plan.parameters, absent);
}

/** The scope of parameters alone. */
export function valuesScope(
  parameters: readonly Pick<PlanParameter, "name" | "value">[],
  absent: Scope["absent"],
): Scope {
  const values = new Map(parameters.map(({ name, value }) => [name, value]));
  return { param: (name) => values.get(name), output: () => undefined, absent };
}

/** The value of an operand, or what stands for it. */
export function resolveOperand(operand: PlanOperand, scope: Scope): ResolvedValue {
  if ("value" in operand) return { kind: "known", value: operand.value };
  const value = "param" in operand ? scope.param(operand.param) : scope.output(operand.step, operand.output);
  if (value !== undefined) return { kind: "known", value };
  if ("step" in operand && operand.orElse && scope.absent(operand.step)) return resolveOperand(operand.orElse, scope);
  return { kind: "unknown", placeholder: operand.placeholder };
}

/** The words of a text with the values that are known. */
export function renderPlanText(text: PlanText, scope: Scope): string {
  if (!text.parts) return text.text;
  return text.parts.map((part) => (typeof part === "string" ? part : operandText(part, scope))).join("");
}

/** The characters of a command with the values that are known. The same function for page, dry run, plan and run. */
export function renderPlanCommand(command: Pick<PlanCommand, "template">, scope: Scope): string {
  return renderTemplate(command.template, scope);
}

export function renderTemplate(template: ShellTemplate<PlanOperand>, scope: Scope): string {
  return renderShellTemplate(template, (operand) => resolveOperand(operand, scope));
}

/** Whether a condition holds; undefined while a value is not known. */
export function evaluateCondition(condition: PlanCondition, scope: Scope): boolean | undefined {
  switch (condition.op) {
    case "is": {
      const resolved = resolveOperand(condition.operand, scope);
      return resolved.kind === "unknown" ? undefined : resolved.value === condition.value;
    }
    case "above":
    case "below": {
      const resolved = resolveOperand(condition.operand, scope);
      if (resolved.kind === "unknown") return undefined;
      return condition.op === "above"
        ? Number(resolved.value) > condition.bound
        : Number(resolved.value) < condition.bound;
    }
    case "not": {
      const inner = evaluateCondition(condition.condition, scope);
      return inner === undefined ? undefined : !inner;
    }
    case "all":
      return combine(condition.conditions, scope, false);
    case "any":
      return combine(condition.conditions, scope, true);
  }
}

/** One `decisive` answer decides; else all must be known. */
function combine(conditions: readonly PlanCondition[], scope: Scope, decisive: boolean): boolean | undefined {
  const answers = conditions.map((condition) => evaluateCondition(condition, scope));
  if (answers.includes(decisive)) return decisive;
  return answers.includes(undefined) ? undefined : !decisive;
}

function operandText(operand: PlanOperand, scope: Scope): string {
  const resolved = resolveOperand(operand, scope);
  if (resolved.kind === "unknown") return resolved.placeholder;
  return Array.isArray(resolved.value) ? resolved.value.join(", ") : String(resolved.value);
}
