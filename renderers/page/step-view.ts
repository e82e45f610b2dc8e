import type { PlanStep } from "../../dsl/plan/plan.ts";
import { viewAction } from "./action-view.ts";
import { answerItem } from "./answer-view.ts";
import { checkItem, probeItem } from "./check-view.ts";
import { createItem, type PageAlert, type PageBlock, type PageItem } from "./page.ts";
import { type PageContext, type Place, textSpans } from "./page-context.ts";
import { remarksOf } from "./step-remarks.ts";
import { proseSpans, withoutPeriod } from "./words.ts";

/** A step: what cannot be undone is said before it, then its item. */
export function viewStep(context: PageContext, place: Place, step: PlanStep): readonly PageBlock[] {
  return [...finality(place, step), stepItem(context, place, step)];
}

/** "4.3 cannot be undone: ..."; nobody must remember to write it. */
export function finality({ inList }: Place, { number, undo }: PlanStep): readonly PageAlert[] {
  if (undo.kind !== "irreversible") return [];
  const spans = [`${number} cannot be undone: `, ...proseSpans(withoutPeriod(undo.reason)), "."];
  return [{ block: "alert", level: "caution", paragraphs: [{ spans, list: [] }], nested: inList }];
}

function stepItem(context: PageContext, place: Place, step: PlanStep): PageItem {
  const filled = context.filling?.step(step.id);
  const { body = [], remarks = [], withoutCode = false, ...own } = viewAction(context, step);
  return createItem(step.action.kind, {
    anchors: [step.id],
    box: filled?.ticked ? "ticked" : "open",
    number: step.number,
    title: textSpans(context, step.title),
    remarks: [...remarks, ...remarksOf(context, place, step)],
    ...(step.command === undefined || withoutCode
      ? {}
      : { code: { language: "bash", text: filled?.command ?? step.command.text } }),
    ...own,
    body: [...body, ...besides(context, place, step), ...(filled?.body ?? [])],
  });
}

/** What has commands of its own: when it is ready, when it was done already, and what to do if it fails. */
function besides(context: PageContext, place: Place, step: PlanStep): readonly PageBlock[] {
  const { background, probe, onFailure } = step;
  return [
    ...(background?.ready.kind === "check"
      ? [checkItem(context, ["Go on when this succeeds"], { command: background.ready.command, expect: [] })]
      : []),
    ...(probe === undefined ? [] : [probeItem(context, probe)]),
    ...(onFailure === undefined ? [] : answerItem(context, place, ["If not"], onFailure)),
  ];
}
