import type { PlanBlock, PlanQuoted } from "../../dsl/plan/plan.ts";
import { childrenOf } from "../../dsl/plan/walk-plan.ts";
import { differencesTitle, measurementsTitle, rollbackTitle, slugOf } from "./anchors.ts";
import { createItem, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { emphasis, joinSpans, link, type Spans } from "./span.ts";
import { hasUndo } from "./undo-parts.ts";
import { proseSpans, upperFirst, withoutPeriod } from "./words.ts";

/** What was added, corrected or only quoted against the document that the runbook follows, with the original lines. */
export function viewDifferences(context: PageContext, hasMeasurements: boolean): readonly PageBlock[] {
  if (context.plan.follows === undefined) return [];
  const items = [...addedItem(context, hasMeasurements), ...correctedItems(context), ...quotedItems(context.plan.body)];
  return items.length === 0 ? [] : [{ block: "heading", level: 2, title: differencesTitle(context) }, ...items];
}

function addedItem(context: PageContext, hasMeasurements: boolean): readonly PageBlock[] {
  const steps = context.index.steps.map(({ step }) => step);
  const places = [...(hasUndo(context) ? [rollbackTitle] : []), ...(hasMeasurements ? [measurementsTitle] : [])];
  const under = joinSpans(
    places.map((title): Spans => [link(`#${slugOf(title)}`, title)]),
    ", ",
    " and ",
  );
  const added: readonly Spans[] = [
    ...steps.filter((step) => step.added).map(({ number }): Spans => [number]),
    ...(steps.some(({ expect }) => expect.length > 0) ? [["every ", emphasis("Expect")]] : []),
    ...(places.length === 0 ? [] : [["the commands under ", ...under]]),
  ];
  if (added.length === 0) return [];
  return [
    createItem("entry", {
      title: ["Added"],
      colon: true,
      after: [...joinSpans(added, ", ", added.length > 2 ? ", and " : " and "), "."],
    }),
  ];
}

function correctedItems({ index }: PageContext): readonly PageBlock[] {
  return index.steps.flatMap(({ step }) =>
    step.corrects.map(({ text, reason }) =>
      createItem("quoted", {
        title: ["Corrected"],
        colon: true,
        after: [`${step.number}. The line below is the original; `, ...proseSpans(withoutPeriod(reason)), "."],
        code: { language: "text", text },
      }),
    ),
  );
}

function quotedItems(blocks: readonly PlanBlock[]): readonly PageBlock[] {
  return quotedIn(blocks).map(({ text, reason }) =>
    createItem("quoted", {
      title: ["Left out"],
      colon: true,
      after: [...proseSpans(upperFirst(withoutPeriod(reason))), "."],
      code: { language: "text", text },
    }),
  );
}

function quotedIn(blocks: readonly PlanBlock[]): readonly PlanQuoted[] {
  return blocks.flatMap((block) => (block.block === "quoted" ? [block] : quotedIn(childrenOf(block))));
}
