import type { PlanResponse, PlanStep } from "../../dsl/plan/plan.ts";
import { answerAnchor, rollbackTitle, slugOf, undoHeading } from "./anchors.ts";
import { includeOf } from "./answer-blocks.ts";
import { viewBlocks } from "./block-view.ts";
import { createItem, type PageBlock, type Remark } from "./page.ts";
import type { PageContext, Place } from "./page-context.ts";
import type { Part } from "./plan-index.ts";
import { link, type Spans } from "./span.ts";
import { hasUndo, undonePart } from "./undo-parts.ts";
import { lowerFirst } from "./words.ts";

/**
 * What to do, in words that fit after "If a step fails: ". For the steps that an author gives, the link leads to
 * where they stand; for another runbook, to its page. Undefined where a rollback has nothing to undo.
 */
export function answerWords(
  context: PageContext,
  response: PlanResponse,
  part: Part | undefined,
  owner: string,
): Spans | undefined {
  if (response.kind === "stop") return ["stop"];
  if (response.kind === "blocks") return blocksWords(context, response, owner);
  if (!hasUndo(context)) return undefined;
  if (response.kind === "rollback-all") return [link(`#${slugOf(rollbackTitle)}`, "undo everything")];
  const undone = part && undonePart(context, part);
  if (part !== undefined && undone === undefined) return undefined;
  if (undone === undefined) return [link(`#${slugOf(rollbackTitle)}`, "undo what was done")];
  const heading = undoHeading(context, undone);
  return [link(`#${slugOf(heading)}`, lowerFirst(heading))];
}

function blocksWords(context: PageContext, response: PlanResponse, owner: string): Spans {
  const include = includeOf(response);
  const href = include && context.options.linkTo?.(include.runbook.id);
  if (include && href !== undefined) return [link(href, include.runbook.title)];
  return [link(`#${answerAnchor(owner)}`, "do this")];
}

/** "If not: [undo Phase 1](...).", where it differs from what holds for the section. */
export function answerRemark(
  context: PageContext,
  { part, onFailure: outer }: Place,
  { id, onFailure }: PlanStep,
): readonly Remark[] {
  if (onFailure === undefined || needsSteps(context, onFailure)) return [];
  const words = answerWords(context, onFailure, part, id);
  const inherited = outer && answerWords(context, outer, part, id);
  if (words === undefined || JSON.stringify(words) === JSON.stringify(inherited)) return [];
  return [{ spans: ["If not: ", ...words], sentence: true }];
}

/** The steps of an answer, nested under the words that say when they are for. */
export function answerItem(
  context: PageContext,
  place: Place,
  title: Spans,
  response: PlanResponse,
  owner?: string,
): readonly PageBlock[] {
  if (response.kind !== "blocks" || !needsSteps(context, response)) return [];
  return [
    createItem("entry", {
      anchors: owner === undefined ? [] : [answerAnchor(owner)],
      title,
      colon: true,
      body: viewBlocks(context, { ...place, inList: true, onFailure: undefined }, response.body),
    }),
  ];
}

/** Whether its steps must stand on this page: another runbook with a page of its own is only linked. */
function needsSteps(context: PageContext, response: PlanResponse): boolean {
  if (response.kind !== "blocks") return false;
  const include = includeOf(response);
  return include === undefined || context.options.linkTo?.(include.runbook.id) === undefined;
}
