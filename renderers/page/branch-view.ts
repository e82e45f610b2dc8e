import type { PlanBlock, PlanChoose, PlanCondition, PlanWhen } from "../../dsl/plan/plan.ts";
import { viewBlocks } from "./block-view.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import type { PageContext, Place } from "./page-context.ts";
import { holdsSections } from "./plan-index.ts";
import type { Spans } from "./span.ts";
import { proseSpans } from "./words.ts";

interface Branch {
  readonly kind: "when" | "choose";
  readonly anchors: readonly string[];
  readonly number: string;
  readonly condition: PlanCondition;
  readonly body: readonly PlanBlock[];
}

/** "If the schema changes:", and its steps nested under it; the indentation shows where it ends. */
export function whenView(context: PageContext, place: Place, { condition, body }: PlanWhen): readonly PageBlock[] {
  return branchView(context, place, { kind: "when", anchors: [], number: "", condition, body });
}

export function chooseView(context: PageContext, place: Place, { id, branches }: PlanChoose): readonly PageBlock[] {
  return branches.flatMap(({ number, condition, body }, index) =>
    branchView(context, place, { kind: "choose", anchors: index === 0 ? [id] : [], number, condition, body }),
  );
}

/** Sections cannot stand in a list without losing their headings: they say the condition themselves. */
function branchView(context: PageContext, place: Place, branch: Branch): readonly PageBlock[] {
  if (place.inList || !holdsSections(branch.body)) return [branchItem(context, place, branch, branch.body)];
  return runsOf(branch.body).flatMap((run) =>
    holdsSections(run)
      ? conditional(viewBlocks(context, place, run), onlyIf(branch))
      : [branchItem(context, place, branch, run)],
  );
}

function branchItem(
  context: PageContext,
  place: Place,
  { kind, anchors, number, condition }: Branch,
  body: readonly PlanBlock[],
): PageBlock {
  return createItem(kind, {
    anchors,
    number,
    title: ["If ", ...proseSpans(condition.words)],
    colon: true,
    body: viewBlocks(context, { ...place, inList: true }, body),
  });
}

function onlyIf({ condition }: Branch): Spans {
  return ["Only if ", ...proseSpans(condition.words), "."];
}

/** The first line of every section among `blocks`. */
function conditional(blocks: readonly PageBlock[], words: Spans): readonly PageBlock[] {
  return blocks.map((block) =>
    block.block === "section" ? { ...block, body: [createText(...words), ...block.body] } : block,
  );
}

/** Neighbours that are all sections, or all no sections, together. */
function runsOf(blocks: readonly PlanBlock[]): readonly (readonly PlanBlock[])[] {
  const runs: PlanBlock[][] = [];
  let last: boolean | undefined;
  for (const block of blocks) {
    const isSection = holdsSections([block]);
    if (isSection === last) runs.at(-1)?.push(block);
    else runs.push([block]);
    last = isSection;
  }
  return runs;
}
