import type { PlanStep } from "../../dsl/plan/plan.ts";
import { type PageContext, textSpans } from "./page-context.ts";
import type { Spans } from "./span.ts";

/** The author's title of an undo; where there is none, the plan names it by the step's id, and a page by its title. */
export function undoTitleOf(context: PageContext, step: PlanStep): Spans {
  const { undo } = step;
  const group = context.index.byId.get(step.id)?.group;
  if (group?.undoTitle) return textSpans(context, group.undoTitle);
  if (hasOwnTitle(step) && undo.kind === "actions") return textSpans(context, undo.title);
  return [`undo ${step.number}`];
}

export function hasOwnTitle({ id, undo }: PlanStep): boolean {
  return undo.kind === "actions" && undo.title.text !== `undo ${id}`;
}
