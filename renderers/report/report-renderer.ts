import type { Plan } from "../../dsl/plan/plan.ts";
import { everyStepOf } from "../../dsl/plan/walk-plan.ts";
import { loadPartials } from "../markdown/partial-set.ts";
import { buildPage } from "../page/page-builder.ts";
import type { PageOptions } from "../page/page-context.ts";
import { createClock } from "./report-clock.ts";
import type { ReportEvent } from "./report-event.ts";
import { createFilling } from "./report-filling.ts";
import { baseOf, recordRun } from "./run-record.ts";

/** What `renderReport` needs to know besides plan and journal. */
export interface ReportOptions extends PageOptions {
  /** Applied to every text that the run brought: commands, outputs, answers, notes, values. */
  readonly redact?: (text: string) => string;
  /** An IANA time zone; UTC unless given. */
  readonly timeZone?: string;
  readonly partials?: Readonly<Record<string, string>>;
}

/**
 * The page of a run: its plan's page with ticked boxes, who and when, what the commands gave, what people answered,
 * what was undone; the result first.
 *
 * @example
 * await renderReport(plan, journal.events, { timeZone: "Europe/Berlin" });
 */
export async function renderReport(
  plan: Plan,
  events: readonly ReportEvent[],
  options: ReportOptions = {},
): Promise<string> {
  const { redact = (text) => text, timeZone = "UTC", partials, ...pageOptions } = options;
  const { pageMarkdown } = await import("../markdown/page-markdown.ts");
  const record = recordRun(events);
  const numbers = new Map(everyStepOf(plan).map(({ id, number }) => [id, number]));
  const style = {
    redact,
    clock: createClock(timeZone, record.created?.at),
    // what an edit removed has no number any more
    numberOf: (step: string) => numbers.get(baseOf(step)) ?? step,
  };
  const page = buildPage(plan, pageOptions, createFilling(record, style));
  const run = record.created === undefined ? "" : `: run ${record.created.run}`;
  return pageMarkdown(await loadPartials(partials), { ...page, title: [...page.title, run] }, {});
}
