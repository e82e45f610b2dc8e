import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";

/** Ids of the steps that stand in both plans, do the same in both, and say it in other words. */
export function rewordedSteps(
  before: Plan,
  after: Plan,
  changed: readonly { readonly step: string }[],
): readonly string[] {
  const was = new Map(stepsOf(before).map((step) => [step.id, wordsOf(step)]));
  const others = new Set(changed.map(({ step }) => step));
  return stepsOf(after).flatMap((step) => {
    const words = was.get(step.id);
    return words === undefined || others.has(step.id) || words === wordsOf(step) ? [] : [step.id];
  });
}

/** Its number follows from where it stands, and its guards from theirs. */
function wordsOf({ number: _place, guards: _around, fingerprint: _does, skipped: _by, ...step }: PlanStep): string {
  return JSON.stringify(step);
}
