import { LockstepError } from "../errors/lockstep-error.ts";
import type { Compilation } from "../plan/compilation.ts";
import type { PlanStep } from "../plan/plan.ts";

/**
 * Where the environment wants an approval, every path to a step that changes something leads through one. What
 * answers a failure is not asked: it puts right what was approved.
 *
 * @throws LockstepError `approval-missing`, with the first step that none stands before.
 */
export function checkApprovals({ environment, mainLine, parallelOf, ids }: Compilation): void {
  const wanted = environment?.policy?.approval;
  if (wanted === undefined) return;
  const approvals: PlanStep[] = [];
  for (const step of mainLine) {
    if (step.skipped !== undefined) continue;
    if (step.action.kind === "approval") approvals.push(step);
    const isAsked = wanted === "before-writes" ? step.effect !== "read" : step.effect === "destructive";
    if (!isAsked || approvals.some((approval) => leadsTo(approval, step) && !startsBeside(approval, step))) continue;
    throw new LockstepError({
      code: "approval-missing",
      message: `${step.number} ${step.id} is ${step.effect === "destructive" ? "destructive" : "a write"}, and no approval certainly stands before it; the policy of ${environment?.id} wants one before the first ${wanted === "before-writes" ? "write" : "destructive step"}`,
      hint: `Put approval("go", "${environment?.title}: go ahead", { by: ["..."] }) before it`,
      at: ids.get(step.id),
    });
  }

  /** In a parallel all start at once, but for what needs another one. */
  function startsBeside({ id }: PlanStep, step: PlanStep): boolean {
    const parallel = parallelOf.get(id);
    return parallel !== undefined && parallelOf.get(step.id) === parallel && !waitsFor(step, id);
  }

  function waitsFor({ needs }: PlanStep, id: string): boolean {
    return needs.includes(id) || mainLine.some((other) => needs.includes(other.id) && waitsFor(other, id));
  }
}

/** Whenever the step runs, the approval was asked for: it stands under no other condition. */
function leadsTo(approval: PlanStep, step: PlanStep): boolean {
  return approval.conditions.every(
    (condition, index) => JSON.stringify(condition) === JSON.stringify(step.conditions[index]),
  );
}
