import type { Plan, PlanBlock, PlanGroup, PlanStep } from "../../dsl/plan/plan.ts";
import { childrenOf, stepsIn } from "../../dsl/plan/walk-plan.ts";
import { sectionHead } from "./plan-text.ts";
import { rangeText } from "./range-text.ts";

/** A piece of a plan as its start shows it: a section, an included runbook, or the steps between them. */
export interface PlanPart {
  /** "1 Prepare green", "1–3". */
  readonly label: string;
  /** "Phase 1: Prepare green", as the record heads it; undefined for steps that stand alone. */
  readonly heading?: string;
  /** "Phase 1", where sections have a word. */
  readonly name?: string;
  readonly steps: readonly PlanStep[];
  readonly groups: readonly PlanGroup[];
}

const known = new WeakMap<Plan, readonly PlanPart[]>();

/** The outermost parts of a plan, in order. */
export function partsOf(plan: Plan): readonly PlanPart[] {
  const found = known.get(plan) ?? readParts(plan);
  known.set(plan, found);
  return found;
}

function readParts(plan: Plan): readonly PlanPart[] {
  const parts: PlanPart[] = [];
  let loose: PlanBlock[] = [];
  const close = (): void => {
    const steps = stepsIn(loose);
    if (steps.length > 0) parts.push({ label: rangeText(steps), steps, groups: groupsIn(loose) });
    loose = [];
  };
  for (const block of plan.body) {
    const titled = titledPart(plan, block);
    if (titled === undefined) loose.push(block);
    else {
      close();
      parts.push({ ...titled, steps: stepsIn([block]), groups: groupsIn([block]) });
    }
  }
  close();
  return parts;
}

function titledPart(plan: Plan, block: PlanBlock): Omit<PlanPart, "steps" | "groups"> | undefined {
  if (block.block === "include") {
    const label = `${block.number} ${block.runbook.title}`;
    return { label, heading: label };
  }
  if (block.block !== "section") return undefined;
  const { number, title } = block;
  const name = plan.sectionWord === undefined ? {} : { name: `${plan.sectionWord} ${number}` };
  return { label: `${number} ${title.text}`, heading: sectionHead(plan, block), ...name };
}

function groupsIn(blocks: readonly PlanBlock[]): PlanGroup[] {
  return blocks.flatMap((block) => (block.block === "group" ? [block] : groupsIn(childrenOf(block))));
}
