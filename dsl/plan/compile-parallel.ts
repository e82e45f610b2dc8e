import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { ParallelNode } from "../nodes/parallel.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { type Compilation, claimId, levelBelow, nextNumber, requireTitle, type Surroundings } from "./compilation.ts";
import { compileStep, withNeeds } from "./compile-step.ts";
import type { PlanOperand, PlanParallel, PlanStep } from "./plan.ts";

/** Steps that start as soon as what they need is done. */
export function compileParallel(
  compilation: Compilation,
  root: AnyRunbook,
  node: ParallelNode,
  around: Surroundings,
): PlanParallel {
  const { at } = node;
  const id = claimId(compilation, around, node.id, at);
  const number = nextNumber(around);
  requireTitle(node.title, `parallel ${id}`, at);
  if (node.steps.length === 0)
    throw new LockstepError({
      code: "empty-group",
      message: `the parallel ${id} is empty`,
      hint: "Give it a step, or delete it",
      at,
    });
  const inner = levelBelow(around, number);
  const own = node.steps.map((step) => around.idPrefix + step.id);
  const steps = node.steps.map((child, index): PlanStep => {
    const step = compileStep(compilation, root, child, inner);
    const needs = new Set([
      ...after(child, own, index, around),
      ...usedSteps(step).filter((used) => own.includes(used)),
    ]);
    return withNeeds(compilation, step, [...needs]);
  });
  if (around.main) {
    compilation.mainLine.push(...steps);
    for (const step of steps) compilation.parallelOf.set(step.id, id);
  }
  return { block: "parallel", id, number, title: { text: node.title }, steps };
}

function after(child: StepNode, own: readonly string[], index: number, around: Surroundings): readonly string[] {
  return child.after.map((name) => {
    const full = around.idPrefix + name;
    const position = own.indexOf(full);
    if (position >= 0 && position < index) return full;
    const known = position >= 0;
    throw new LockstepError({
      code: known ? "parallel-needs-later" : "bad-setting",
      message: known
        ? `${child.id} needs ${name}, which stands after it`
        : `${child.id} comes after ${name}, which is no step of this parallel`,
      hint: known ? `Move ${name} before ${child.id}` : didYouMean(name, own, "Name a step of the same parallel"),
      at: child.at,
    });
  });
}

/** Ids of the steps whose outputs a step uses, wherever they stand in it. */
function usedSteps(step: PlanStep): readonly string[] {
  const used: string[] = [];
  JSON.stringify(step, (_key, value: unknown) => {
    if (typeof value === "object" && value !== null && "step" in value && "output" in value)
      used.push((value as PlanOperand & { step: string }).step);
    return value;
  });
  return used;
}
