import type { PlanStep } from "../../dsl/plan/plan.ts";
import { differencesTitle, slugOf, undoAnchor } from "./anchors.ts";
import { answerRemark } from "./answer-view.ts";
import { expectRemarks } from "./expect-remarks.ts";
import { outputRemarks } from "./output-remarks.ts";
import type { Remark } from "./page.ts";
import { type PageContext, type Place, partName } from "./page-context.ts";
import { settingsRemarks } from "./settings-remarks.ts";
import { code, link, type Spans } from "./span.ts";
import { undoTitleOf } from "./undo-title.ts";
import { longDuration, lowerFirst, shortDuration } from "./words.ts";

/** What stands on the title's line: background, ready, output, expect, time-out, undo, corrected; the page rules' order. */
export function remarksOf(context: PageContext, place: Place, step: PlanStep): readonly Remark[] {
  return [
    ...settingsRemarks(context, place, step),
    ...needsRemark(context, step),
    ...backgroundRemarks(context, step),
    ...outputRemarks(context, step),
    ...expectRemarks(context, step.expect, step.timeoutSeconds),
    ...retryRemark(step),
    ...deadlineRemark(step),
    ...answerRemark(context, place, step),
    ...undoRemark(context, step),
    ...correctedRemark(context, step),
  ];
}

function needsRemark({ index }: PageContext, { needs }: PlanStep): readonly Remark[] {
  if (needs.length === 0) return [];
  const numbers = needs.map((id) => index.byId.get(id)?.step.number ?? id);
  return [{ spans: [`After ${numbers.join(", ")}`], sentence: true }];
}

function backgroundRemarks(context: PageContext, { id, background }: PlanStep): readonly Remark[] {
  if (background === undefined) return [];
  const { ready } = background;
  const until: Remark = { spans: [`Runs until the end of ${endOf(context, id, background.endsWith)}`], sentence: true };
  if (ready.kind === "contains") return [until, { spans: ["Go on when it shows: ", code(ready.text)] }];
  if (ready.kind === "matches")
    return [until, { spans: ["Go on when it shows a match of: ", code(`/${ready.pattern}/${ready.flags}`)] }];
  return [until];
}

function endOf(context: PageContext, step: string, id: string): string {
  if (id === "") return "this runbook";
  const part = context.index.parts.find((candidate) => candidate.id === id);
  if (part !== undefined) return partName(context, part);
  return context.index.byId.get(step)?.sections.some((section) => section.id === id) ? "its section" : "each pass";
}

function retryRemark({ retry }: PlanStep): readonly Remark[] {
  if (retry === undefined || retry.attempts < 2) return [];
  const apart = `Up to ${retry.attempts} times, ${shortDuration(retry.everySeconds)} apart`;
  return [
    { spans: [retry.backoff === 1 ? apart : `${apart}, each time ${retry.backoff} times as long`], sentence: true },
  ];
}

function deadlineRemark({ deadlineSeconds }: PlanStep): readonly Remark[] {
  return deadlineSeconds === undefined
    ? []
    : [{ spans: [`To be answered within ${longDuration(deadlineSeconds)}`], sentence: true }];
}

/** Where alerts may trip at any time, the way back stands beside the step; elsewhere the section's first line is enough. */
function undoRemark(context: PageContext, step: PlanStep): readonly Remark[] {
  if (step.guards.length === 0) return [];
  const { undo } = step;
  if (undo.kind === "covered") {
    const owner = undo.by === "" ? "runbook" : undo.by;
    return [
      { spans: ["Undo: ", link(`#${undoAnchor(owner)}`, undo.by === "" ? "undo everything" : "undo its section")] },
    ];
  }
  if (undo.kind !== "actions") return [];
  return [{ spans: ["Undo: ", link(`#${undoAnchor(step.id)}`, ...lowerTitle(undoTitleOf(context, step)))] }];
}

function lowerTitle(title: Spans): Spans {
  const [first, ...rest] = title;
  return typeof first === "string" ? [lowerFirst(first), ...rest] : title;
}

function correctedRemark(context: PageContext, { corrects }: PlanStep): readonly Remark[] {
  if (corrects.length === 0) return [];
  return [{ spans: [link(`#${slugOf(differencesTitle(context))}`, "corrected")], aside: true }];
}
