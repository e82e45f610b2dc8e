import type { Plan, PlanBlock, PlanResponse, PlanUndo } from "../../dsl/plan/plan.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";

/** What of a step's surroundings only the whole plan tells. */
export interface PlanSections {
  undoOf(section: string): PlanUndo | undefined;
  /** Ids of the sections and includes around a step, the innermost first. */
  around(step: string): readonly string[];
  /** What the nearest section with an answer does when the step fails. */
  responseFor(step: string): { readonly owner: string; readonly response: PlanResponse } | undefined;
}

export function planSections(plan: Plan): PlanSections {
  const undo = new Map<string, PlanUndo>();
  const responses = new Map<string, PlanResponse>();
  const around = new Map<string, readonly string[]>();
  const visit = (block: PlanBlock, sections: readonly string[]): void => {
    if (block.block === "step") around.set(block.id, sections);
    const isOwner = block.block === "section" || block.block === "include";
    if (isOwner && block.undo) undo.set(block.id, block.undo);
    if (isOwner && block.onFailure) responses.set(block.id, block.onFailure);
    const inner = isOwner ? [block.id, ...sections] : sections;
    for (const child of childrenOf(block)) visit(child, inner);
  };
  for (const block of [...plan.requires, ...plan.body]) visit(block, []);
  return {
    undoOf: (section) => undo.get(section),
    around: (step) => around.get(step) ?? [],
    responseFor: (step) => {
      const owner = (around.get(step) ?? []).find((section) => responses.has(section));
      if (owner !== undefined) return { owner, response: responses.get(owner) as PlanResponse };
      return plan.onFailure && { owner: "runbook", response: plan.onFailure };
    },
  };
}
