import type { PlanInclude, PlanParallel, PlanRepeat } from "../../dsl/plan/plan.ts";
import { answerItem } from "./answer-view.ts";
import { viewBlocks } from "./block-view.ts";
import { endItems } from "./end-view.ts";
import { createItem, type PageBlock } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import { standsAsPart } from "./plan-index.ts";
import { viewPart } from "./section-view.ts";
import { link } from "./span.ts";
import { proseSpans, shortDuration } from "./words.ts";

/** "Repeat until ..., at most 10 times, 30 s apart:" */
export function repeatView(context: PageContext, place: Place, block: PlanRepeat): readonly PageBlock[] {
  const apart = block.everySeconds > 0 ? `, ${shortDuration(block.everySeconds)} apart` : "";
  return [
    createItem("repeat", {
      anchors: [block.id],
      number: block.number,
      title: textSpans(context, block.title),
      remarks: [
        {
          spans: [
            "Again and again until ",
            ...proseSpans(block.until.words),
            `, at most ${block.limit} times${apart}:`,
          ],
        },
      ],
      body: [...viewBlocks(context, { ...place, inList: true }, block.body), ...endItems(context, block.id)],
    }),
  ];
}

export function parallelView(context: PageContext, place: Place, block: PlanParallel): readonly PageBlock[] {
  return [
    createItem("parallel", {
      anchors: [block.id],
      number: block.number,
      title: textSpans(context, block.title),
      remarks: [{ spans: ["In any order, also at the same time:"] }],
      body: viewBlocks(context, { ...place, inList: true }, block.steps),
    }),
  ];
}

/** Another runbook in this place: with its headings where it has sections and headings may stand, else as a list. */
export function includeView(context: PageContext, place: Place, block: PlanInclude): readonly PageBlock[] {
  const href = context.options.linkTo?.(block.runbook.id);
  if (!place.inList && standsAsPart(block)) {
    return viewPart(context, place, block, [
      href === undefined ? block.runbook.title : link(href, block.runbook.title),
    ]);
  }
  return [
    createItem("include", {
      anchors: [block.id],
      number: block.number,
      title: [href === undefined ? block.runbook.title : link(href, block.runbook.title)],
      colon: true,
      body: [
        ...viewBlocks(context, { ...place, inList: true, onFailure: block.onFailure ?? place.onFailure }, [
          ...block.requires,
          ...block.body,
        ]),
        ...(block.onFailure === undefined
          ? []
          : answerItem(context, place, [`If a step of ${block.number} fails`], block.onFailure, block.id)),
      ],
    }),
  ];
}
