import type { PlanAction, PlanAlert, PlanStep } from "../../dsl/plan/plan.ts";
import type { PageItem } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { joinSpans, link, type Spans } from "./span.ts";
import { longDuration } from "./words.ts";

type Gate = Extract<PlanAction, { readonly kind: "gate" }>;

/** "only if for 5 minutes none of these holds: ..." */
export function gateSentence({ failIf, holdSeconds, intervalSeconds, delaySeconds, failures }: Gate): Spans {
  const first = delaySeconds > 0 ? `, after ${longDuration(delaySeconds)}` : "";
  const tolerance = failures > 1 ? `; ${failures} bad looks are too many` : "";
  const how = `(a look every ${longDuration(intervalSeconds)}${first}${tolerance})`;
  const alerts = joinSpans(failIf.map(alertSpans), ", ", " and ");
  if (failIf.length === 1) return ["go on only if ", ...alerts, ` does not hold for ${longDuration(holdSeconds)} ${how}`];
  return [`go on only if none of these holds for ${longDuration(holdSeconds)} ${how}: `, ...alerts];
}

/** "Error rate > 1%", its name linked to its query. */
export function alertSpans({ measurement, title, text }: PlanAlert): Spans {
  return [link(`#${measurement}`, title), ` ${text}`];
}

/** One query stands in the gate's own block. Several do not: their answers carry no name, so they stand under Measurements. */
export function gateCode(_context: PageContext, { command }: PlanStep, { failIf }: Gate): Pick<PageItem, "code"> | { readonly code?: never } {
  if (command === undefined || new Set(failIf.map(({ measurement }) => measurement)).size > 1) return {};
  return { code: { language: "bash", text: command.text } };
}
