import type { PlanAlert, PlanMeasurement, PlanStep } from "../../dsl/plan/plan.ts";
import { measurementsTitle } from "./anchors.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { code, type Spans } from "./span.ts";
import { proseSpans } from "./words.ts";

/** The queries, once; the thresholds of guards and gates link here. */
export function viewMeasurements(context: PageContext): readonly PageBlock[] {
  const { plan } = context;
  const alerts = alertTexts(context);
  const listed = plan.measurements.filter(({ id }) => alerts.has(id));
  if (listed.length === 0) return [];
  const isOneWay = listed.every(({ reading }) => reading.kind === listed[0]?.reading.kind && reading.kind !== "json");
  const how = isOneWay ? `The value is ${readingWords(listed[0] as PlanMeasurement)}, in the unit of the threshold. ` : "";
  return [
    { block: "heading", level: 2, title: measurementsTitle },
    createText(`${how}No number is not a pass.`),
    ...listed.map((measurement) => measurementItem(measurement, alerts.get(measurement.id) ?? [], isOneWay)),
  ];
}

function measurementItem(measurement: PlanMeasurement, alerts: readonly string[], isOneWay: boolean): PageBlock {
  const { id, title, measures, query, reading } = measurement;
  const pointer: Spans = reading.kind === "json" ? ["; the value at ", code(reading.pointer)] : isOneWay ? [] : [`; the value is ${readingWords(measurement)}`];
  return createItem("measurement", {
    anchors: [id],
    title: [[title, alerts.join(", ")].join(" ").trim()],
    colon: true,
    after: [...proseSpans(measures), ...pointer],
    code: { language: "bash", text: query.text },
  });
}

function readingWords({ reading }: PlanMeasurement): string {
  return reading.kind === "prometheus" ? "the last number of the answer" : "the only number that is printed";
}

/**
 * By measurement: the bounds that guards and gates set. Without those that only gates with one measurement use: their
 * query stands in the gate's own block.
 */
function alertTexts({ index }: PageContext): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, Set<string>>();
  const shown = [...index.guards.flatMap(({ alerts }) => alerts), ...index.steps.flatMap(({ step }) => gateAlerts(step))];
  for (const { measurement, text } of shown) {
    const found = texts.get(measurement) ?? new Set();
    texts.set(measurement, found.add(text));
  }
  return new Map([...texts].map(([id, found]) => [id, [...found]]));
}

function gateAlerts({ action }: PlanStep): readonly PlanAlert[] {
  if (action.kind !== "gate") return [];
  return new Set(action.failIf.map(({ measurement }) => measurement)).size > 1 ? action.failIf : [];
}

/** Whether the query of a measurement stands under Measurements. */
export function isListed(context: PageContext, measurement: string): boolean {
  return alertTexts(context).has(measurement);
}
