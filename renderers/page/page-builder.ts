import type { Plan } from "../../dsl/plan/plan.ts";
import { createGraph } from "../graph/graph-builder.ts";
import { beforeTitle, rollbackTitle, slugOf } from "./anchors.ts";
import { answerItem, answerWords } from "./answer-view.ts";
import { viewBefore } from "./before-view.ts";
import { viewBlocks } from "./block-view.ts";
import { viewDifferences } from "./differences-view.ts";
import { endItems } from "./end-view.ts";
import type { Filling } from "./filling.ts";
import { howToRun } from "./how-to-run.ts";
import { viewMeasurements } from "./measurements-view.ts";
import { createText, type Page, type PageBlock, type PageLink } from "./page.ts";
import { createContext, type PageContext, type PageOptions, type Place, textSpans } from "./page-context.ts";
import { viewParameters } from "./parameters-view.ts";
import { viewRollback } from "./rollback-view.ts";
import { joinSpans, link, plainText, type Spans } from "./span.ts";
import { proseSpans } from "./words.ts";

/** The page of a plan, or of a run of it, without a word about how it is written down. */
export function buildPage(plan: Plan, options: PageOptions = {}, filling?: Filling): Page {
  const context = createContext(plan, options, filling);
  const place: Place = { inList: false, level: 2, settings: { cwd: [], env: [] }, onFailure: plan.onFailure };
  const before = viewBefore(context, place);
  const rollback = viewRollback(context);
  const measurements = viewMeasurements(context);
  const graph = createGraph(context);
  return {
    id: plan.id,
    title: [plan.title],
    ...(plan.summary === undefined ? {} : { summary: proseSpans(plan.summary) }),
    ...(plan.source === undefined ? {} : { source: plan.source }),
    ...(options.sourceHref === undefined ? {} : { sourceHref: options.sourceHref }),
    digest: plan.runbookDigest.slice(0, 12),
    result: filling?.result ?? [],
    contents: contentsOf(context, before, rollback),
    ...(context.index.parts.length > 1 ? { graph } : {}),
    parameters: viewParameters(context),
    howToRun: howToRun(context),
    before,
    body: [
      ...runbookFailure(context),
      ...viewBlocks(context, place, plan.body),
      ...endItems(context, ""),
      ...runbookAnswer(context, place),
    ],
    next: nextOf(context),
    rollback,
    measurements,
    differences: viewDifferences(context, measurements.length > 0),
  };
}

function contentsOf(
  { index, ...context }: PageContext,
  before: readonly PageBlock[],
  rollback: readonly PageBlock[],
): readonly PageLink[] {
  if (index.parts.length < 2) return [];
  const title = (part: (typeof index.parts)[number]): string =>
    part.block === "section" ? plainText(textSpans({ index, ...context }, part.title)) : part.runbook.title;
  return [
    ...(before.length === 0 ? [] : [{ to: `#${slugOf(beforeTitle)}`, text: beforeTitle, important: false }]),
    ...index.parts.map((part) => ({ to: `#${part.id}`, text: `${part.number} ${title(part)}`, important: false })),
    ...(rollback.some(({ block }) => block === "heading")
      ? [{ to: `#${slugOf(rollbackTitle)}`, text: rollbackTitle, important: true }]
      : []),
  ];
}

/** Without sections nobody else says what the runbook's own `onFailure` is. */
function runbookFailure(context: PageContext): readonly PageBlock[] {
  const { plan, index } = context;
  if (plan.onFailure === undefined || index.parts.length > 0) return [];
  const words = answerWords(context, plan.onFailure, undefined, "runbook");
  return words === undefined ? [] : [createText("If a step fails: ", ...words, ".")];
}

function runbookAnswer(context: PageContext, place: Place): readonly PageBlock[] {
  const { onFailure } = context.plan;
  return onFailure === undefined ? [] : answerItem(context, place, ["If a step fails"], onFailure, "runbook");
}

function nextOf({ plan, options }: PageContext): Spans {
  const pages = plan.next.map((id): Spans => [link(options.linkTo?.(id), options.titleOf?.(id) ?? id)]);
  return pages.length === 0 ? [] : ["Next: ", ...joinSpans(pages, ", ")];
}
