import type { PlanGuard, PlanResponse } from "../../dsl/plan/plan.ts";
import { answerItem, answerWords } from "./answer-view.ts";
import { alertSpans } from "./gate-view.ts";
import type { AlertParagraph, PageBlock } from "./page.ts";
import { type PageContext, type Place, partName } from "./page-context.ts";
import type { Part } from "./plan-index.ts";
import { link, type Spans, strong } from "./span.ts";
import { countWord } from "./words.ts";

/** Where a guard stands: its alert, if there is no section to head, and the steps of what it does when it trips. */
export function viewGuard(context: PageContext, place: Place, guard: PlanGuard): readonly PageBlock[] {
  const from = guard.from && context.index.byId.get(guard.from.id);
  const alert = from !== undefined && from.part === undefined ? guardAlert(context, undefined, [guard]) : [];
  return [
    ...(place.inList ? [] : alert),
    ...answerItem(context, place, [`When ${thresholds(guard)} or a step fails`], guard.onTrip, guard.id),
  ];
}

/** The guards that reach a section, in one alert at its head: in full where they begin, later in a line each. */
export function guardAlert(
  context: PageContext,
  part: Part | undefined,
  guards: readonly PlanGuard[],
): readonly PageBlock[] {
  const watching = guards.filter(({ from }) => from !== undefined);
  if (watching.length === 0) return [];
  const paragraphs = watching.map((guard) =>
    startsIn(context, guard, part) ? fullParagraph(context, part, guard) : shortParagraph(context, part, guard),
  );
  const told = watching.flatMap(({ id }) => context.filling?.guard(id) ?? []);
  return [
    { block: "alert", level: "warning", paragraphs, nested: false },
    ...(part === undefined || startsHere(context, watching, part) ? told : []),
  ];
}

/** A step that fails trips a guard, too: with the same answer, the section need not say it. */
export function guardsSpeakFor(guards: readonly PlanGuard[], onFailure: PlanResponse): boolean {
  return guards.some(
    ({ onTrip }) => onTrip.kind === onFailure.kind || (onTrip.kind !== "stop" && onFailure.kind === "rollback"),
  );
}

function fullParagraph(context: PageContext, part: Part | undefined, guard: PlanGuard): AlertParagraph {
  const { from, until, alerts } = guard;
  const range =
    from?.id === until?.id
      ? `During ${from?.number}:`
      : until === undefined
        ? `From ${from?.number} on:`
        : `From ${from?.number} to ${until.number}:`;
  const start: Spans = [strong(range), " ", ...doWhat(context, part, guard), " as soon as a step fails or "];
  const [only] = alerts;
  if (alerts.length === 1 && only)
    return { spans: [...start, ...alertSpans(context, only), often(guard), "."], list: [] };
  return {
    spans: [...start, `one of these thresholds is ${exceeded(guard)}${often(guard)}:`],
    list: alerts.map((alert) => alertSpans(context, alert)),
  };
}

function shortParagraph(context: PageContext, part: Part | undefined, guard: PlanGuard): AlertParagraph {
  const { until, from, alerts } = guard;
  const endsHere = until !== undefined && context.index.byId.get(until.id)?.part === part;
  const start: Spans = [
    strong(endsHere ? `Until ${until.number}:` : "All the time:"),
    " ",
    ...doWhat(context, part, guard),
    " as soon as a step fails or ",
  ];
  const [only] = alerts;
  if (alerts.length === 1 && only)
    return { spans: [...start, ...alertSpans(context, only), often(guard), "."], list: [] };
  const first = from && context.index.byId.get(from.id)?.part;
  const where =
    first === undefined
      ? `${countWord(alerts.length)} thresholds`
      : `${countWord(alerts.length)} thresholds of ${partName(context, first)}`;
  return {
    spans: [...start, "one of the ", link(first && `#${first.id}`, where), ` is ${exceeded(guard)}${often(guard)}.`],
    list: [],
  };
}

function doWhat(context: PageContext, part: Part | undefined, guard: PlanGuard): Spans {
  return answerWords(context, guard.onTrip, part, guard.id) ?? ["stop"];
}

function exceeded({ alerts }: PlanGuard): string {
  return alerts.every(({ op }) => op === "above") ? "exceeded" : "crossed";
}

function often({ failures }: PlanGuard): string {
  return failures > 1 ? ` (in ${countWord(failures)} looks)` : "";
}

function thresholds({ alerts }: PlanGuard): string {
  return alerts.length === 1 ? `${alerts[0]?.title} ${alerts[0]?.text}` : "a threshold is crossed";
}

function startsIn({ index }: PageContext, { from }: PlanGuard, part: Part | undefined): boolean {
  return from !== undefined && index.byId.get(from.id)?.part === part;
}

function startsHere(context: PageContext, guards: readonly PlanGuard[], part: Part): boolean {
  return guards.some((guard) => startsIn(context, guard, part));
}
