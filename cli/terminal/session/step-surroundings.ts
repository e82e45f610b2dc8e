import type { Plan, PlanBlock } from "../../../dsl/plan/plan.ts";
import { childrenOf, responsesOf } from "../../../dsl/plan/walk-plan.ts";
import { partsOf } from "../../output/plan-parts.ts";

/** What stands around a step on its page, and is said before it. */
export interface Surrounding {
  /** "Phase 1: Prepare green"; undefined for a step that stands alone. */
  readonly heading?: string;
  /** What stands right before the step, in order. */
  readonly notices: readonly Notice[];
}

export interface Notice {
  readonly kind: "caution" | "note";
  readonly text: string;
}

/** For each step, by its id: the outermost section around it, and the cautions and notes right before it. */
export function surroundingsOf(plan: Plan): ReadonlyMap<string, Surrounding> {
  const headings = new Map<string, string>(plan.requires.map(({ id }) => [id, "Before you begin"]));
  for (const { heading, steps } of partsOf(plan))
    if (heading !== undefined) for (const { id } of steps) headings.set(id, heading);
  const answers = responsesOf(plan).flatMap(({ response }) => (response.kind === "blocks" ? response.body : []));
  const found = new Map<string, Surrounding>();
  let notices: Notice[] = [];
  const visit = (block: PlanBlock): void => {
    if (block.block === "caution" || block.block === "note") notices.push({ kind: block.block, text: block.text });
    if (block.block === "step") {
      const heading = headings.get(block.id);
      found.set(block.id, { ...(heading === undefined ? {} : { heading }), notices });
      notices = [];
    }
    for (const child of childrenOf(block)) visit(child);
  };
  for (const block of [...plan.requires, ...plan.body, ...answers]) visit(block);
  return found;
}
