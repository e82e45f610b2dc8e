import type { PlanAction, PlanAlert } from "../../dsl/plan/plan.ts";
import { isListed } from "./listed-measurements.ts";
import type { Remark } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { joinSpans, link, type Spans } from "./span.ts";
import { everyDuration, longDuration, proseSpans } from "./words.ts";

type Gate = Extract<PlanAction, { readonly kind: "gate" }>;

/** "Go on after 5 minutes without any of these (a look every 15 seconds): ..." */
export function gateRemark(
  context: PageContext,
  { failIf, holdSeconds, intervalSeconds, delaySeconds, failures }: Gate,
): Remark {
  const first = delaySeconds > 0 ? `, after ${longDuration(delaySeconds)}` : "";
  const tolerance = failures > 1 ? `; ${failures} bad looks are too many` : "";
  const how = `(a look every ${everyDuration(intervalSeconds)}${first}${tolerance})`;
  const alerts = joinSpans(
    failIf.map((alert) => alertSpans(context, alert)),
    ", ",
    " and ",
  );
  if (failIf.length === 1)
    return {
      spans: [`Go on after ${longDuration(holdSeconds)} without `, ...alerts, ` ${how}`],
      sentence: true,
    };
  return { spans: [`Go on after ${longDuration(holdSeconds)} without any of these ${how}: `, ...alerts] };
}

/** "Error rate > 1%", its name linked to its query; where the query stands beside it, what it measures. */
export function alertSpans(context: PageContext, { measurement, title, text }: PlanAlert): Spans {
  if (isListed(context, measurement)) return [link(`#${measurement}`, title), ` ${text}`];
  const measures = context.plan.measurements.find(({ id }) => id === measurement)?.measures;
  if (measures === undefined) return [`${title} ${text}`];
  return [`${title} ${text} (`, ...proseSpans(measures), ")"];
}

/** One query stands in the gate's own block. Several do not: their answers carry no name, so they stand under Measurements. */
export function hasOwnQuery({ failIf }: Gate): boolean {
  return new Set(failIf.map(({ measurement }) => measurement)).size === 1;
}
