import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { isDone, type RunState } from "./run-state.ts";

/**
 * A question in a guard's range that nobody answers would hold the change half done for ever.
 *
 * @param state What is done asks nothing any more.
 * @throws LockstepError `deadline-missing`.
 */
export function requireDeadlines(plan: Plan, state?: RunState): void {
  const open = stepsOf(plan).find(
    ({ id, guards, execution, deadlineSeconds, skipped }) =>
      guards.length > 0 &&
      execution === "person" &&
      deadlineSeconds === undefined &&
      !skipped &&
      !isDone(state?.steps.get(id)),
  );
  if (!open) return;
  throw new LockstepError({
    code: "deadline-missing",
    message: `${open.number} ${open.id} asks a person in the range of a guard, and has no deadline`,
    hint: `Give it one, such as { deadline: minutes(20) }: if nobody answers, the guard trips`,
  });
}
