import type { PlanMeasurement } from "../../dsl/plan/plan.ts";
import { measurementsTitle } from "./anchors.ts";
import { listedMeasurements } from "./listed-measurements.ts";
import { createItem, createText, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { code, type Spans } from "./span.ts";
import { proseSpans } from "./words.ts";

/** The queries, once; the thresholds of guards and gates link here. */
export function viewMeasurements(context: PageContext): readonly PageBlock[] {
  const { plan } = context;
  const alerts = listedMeasurements(context);
  const listed = plan.measurements.filter(({ id }) => alerts.has(id));
  if (listed.length === 0) return [];
  const isOneWay = listed.every(({ reading }) => reading.kind === listed[0]?.reading.kind && reading.kind !== "json");
  const how = isOneWay
    ? `The value is ${readingWords(listed[0] as PlanMeasurement)}, in the unit of the threshold. `
    : "";
  return [
    { block: "heading", level: 2, title: measurementsTitle },
    createText(`${how}No number is not a pass.`),
    ...listed.map((measurement) => measurementItem(measurement, alerts.get(measurement.id) ?? [], isOneWay)),
  ];
}

function measurementItem(measurement: PlanMeasurement, alerts: readonly string[], isOneWay: boolean): PageBlock {
  const { id, title, measures, query, reading } = measurement;
  const pointer: Spans =
    reading.kind === "json"
      ? ["; the value at ", code(reading.pointer)]
      : isOneWay
        ? []
        : [`; the value is ${readingWords(measurement)}`];
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
