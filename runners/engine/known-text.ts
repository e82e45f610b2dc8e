import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanText } from "../../dsl/plan/plan.ts";
import { renderPlanText, resolveOperand, type Scope } from "../../dsl/plan/resolve-operand.ts";

/**
 * A text for a process: a folder, a variable, a standard input. What stands on a page in place of a value must never
 * get there.
 *
 * @throws LockstepError `missing-parameter`.
 */
export function knownText(text: PlanText, scope: Scope): string {
  for (const part of text.parts ?? []) {
    if (typeof part === "string") continue;
    const resolved = resolveOperand(part, scope);
    if (resolved.kind === "known") continue;
    throw new LockstepError({
      code: "missing-parameter",
      message: `a step needs ${resolved.placeholder}, which has no value`,
      hint: "Give the parameter, or see why the step that gives it has none",
    });
  }
  return renderPlanText(text, scope);
}
