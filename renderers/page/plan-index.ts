import type { Plan, PlanBlock, PlanGroup, PlanGuard, PlanInclude, PlanSection, PlanStep } from "../../dsl/plan/plan.ts";
import type { Scope } from "../../dsl/plan/resolve-operand.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";
import { answerBlocks } from "./answer-blocks.ts";
import { indexUses, type OutputUse } from "./output-uses.ts";

/** An outermost section, or an include that stands in its place: what the contents list and the graph draw. */
export type Part = PlanSection | PlanInclude;

/** A step and where it stands. */
export interface PlacedStep {
  readonly step: PlanStep;
  readonly part?: Part;
  /** The sections and included runbooks around it that may have an undo of their own, the outermost first. */
  readonly sections: readonly Part[];
  readonly group?: PlanGroup;
  /** Id of the parallel that it stands in. */
  readonly parallel?: string;
  /** It is a step of an answer to a failure or a trip, and not of the main line. */
  readonly isAnswer: boolean;
}

/** What a page looks up again and again, gathered in one pass over the plan. */
export interface PlanIndex {
  readonly steps: readonly PlacedStep[];
  readonly byId: ReadonlyMap<string, PlacedStep>;
  readonly parts: readonly Part[];
  readonly guards: readonly PlanGuard[];
  /** Guards by the id of the parts that they reach, in order. */
  readonly guardsOfPart: ReadonlyMap<string, readonly PlanGuard[]>;
  /** Background steps by the id of the section, or of the repeat with whose pass, that they end with. */
  readonly endings: ReadonlyMap<string, readonly PlanStep[]>;
  /** By `step.output`. */
  readonly uses: ReadonlyMap<string, OutputUse>;
}

interface Spot {
  readonly part?: Part;
  readonly sections: readonly Part[];
  readonly group?: PlanGroup;
  readonly parallel?: string;
  readonly isAnswer: boolean;
}

export function indexPlan(plan: Plan, scope: Scope): PlanIndex {
  const steps: PlacedStep[] = [];
  const parts: Part[] = [];
  const guards: PlanGuard[] = [];
  const visit = (block: PlanBlock, spot: Spot): void => {
    if (block.block === "step") steps.push({ step: block, ...spot });
    if (block.block === "guard") guards.push(block);
    const isPart = spot.part === undefined && !spot.isAnswer && standsAsPart(block);
    if (isPart) parts.push(block as Part);
    const inner: Spot = {
      ...spot,
      ...(isPart ? { part: block as Part } : {}),
      ...(block.block === "section" || block.block === "include" ? { sections: [...spot.sections, block] } : {}),
      ...(block.block === "group" ? { group: block } : {}),
      ...(block.block === "parallel" ? { parallel: block.id } : {}),
    };
    for (const child of childrenOf(block)) visit(child, inner);
    for (const child of answerBlocks(block)) visit(child, { ...inner, isAnswer: true });
  };
  const top: Spot = { sections: [], isAnswer: false };
  for (const block of [...plan.requires, ...plan.body]) visit(block, top);
  if (plan.onFailure?.kind === "blocks")
    for (const block of plan.onFailure.body) visit(block, { ...top, isAnswer: true });
  return {
    steps,
    byId: new Map(steps.map((placed) => [placed.step.id, placed])),
    parts,
    guards,
    guardsOfPart: guardsByPart(steps, guards),
    endings: groupEndings(steps),
    uses: indexUses(
      steps.map(({ step }) => step),
      [...new Set(steps.flatMap(({ sections }) => sections)), { number: "everything", undo: plan.undo }],
      scope,
    ),
  };
}

/** A section, or an included runbook with sections of its own: they have a heading. */
export function standsAsPart(block: PlanBlock): block is Part {
  return block.block === "section" || (block.block === "include" && holdsSections(block.body));
}

/** Whether headings would stand among these blocks. */
export function holdsSections(blocks: readonly PlanBlock[]): boolean {
  return blocks.some((block) => {
    if (block.block === "section") return true;
    if (block.block === "choose") return block.branches.some(({ body }) => holdsSections(body));
    return (
      (block.block === "when" || block.block === "within" || block.block === "include") && holdsSections(block.body)
    );
  });
}

function guardsByPart(
  steps: readonly PlacedStep[],
  guards: readonly PlanGuard[],
): ReadonlyMap<string, readonly PlanGuard[]> {
  const byId = new Map(guards.map((guard) => [guard.id, guard]));
  const reached = new Map<string, Set<PlanGuard>>();
  for (const { step, part } of steps) {
    if (part === undefined || step.guards.length === 0) continue;
    const found = reached.get(part.id) ?? new Set();
    reached.set(part.id, found);
    for (const id of step.guards) {
      const guard = byId.get(id);
      if (guard) found.add(guard);
    }
  }
  return new Map([...reached].map(([part, found]) => [part, [...found]]));
}

function groupEndings(steps: readonly PlacedStep[]): ReadonlyMap<string, readonly PlanStep[]> {
  const endings = new Map<string, PlanStep[]>();
  for (const { step } of steps) {
    if (step.background === undefined) continue;
    const found = endings.get(step.background.endsWith);
    if (found) found.push(step);
    else endings.set(step.background.endsWith, [step]);
  }
  return endings;
}
