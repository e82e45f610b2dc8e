import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanStep } from "../../dsl/plan/plan.ts";

/**
 * A question in a guard's range that nobody answers would hold the change half done for ever.
 *
 * @param steps Those that may still ask.
 * @throws LockstepError `deadline-missing`.
 */
export function requireDeadlines(steps: readonly PlanStep[]): void {
  const open = steps.find(
    ({ guards, execution, deadlineSeconds }) =>
      guards.length > 0 && execution === "person" && deadlineSeconds === undefined,
  );
  if (!open) return;
  throw new LockstepError({
    code: "deadline-missing",
    message: `${open.number} ${open.id} asks a person in the range of a guard, and has no deadline`,
    hint: `Give it one, such as { deadline: minutes(20) }: if nobody answers, the guard trips`,
  });
}
