import type { PageBlock } from "../page/page.ts";
import { createItem } from "../page/page.ts";
import { markLegend, sampleMark } from "./nearness.ts";
import type { ReportSample } from "./report-event.ts";

const widest = 48;

/**
 * What a guard or a gate saw, one line an alert: from 0 at the bottom to the alert at the top, `!` where it held,
 * `?` where there was no number, and the lowest and the highest value beside it.
 */
export function sampleChart(title: string, rounds: readonly (readonly ReportSample[])[]): readonly PageBlock[] {
  const series = seriesOf(rounds);
  if (series.length === 0) return [];
  const names = series.map(([first]) => `${first?.title} ${first?.alert}`);
  const width = Math.max(...names.map(({ length }) => length));
  const lines = series.map(
    (samples, index) => `${names[index]?.padEnd(width)}  ${plot(samples)}  ${extremes(samples)}`,
  );
  const legend = `${" ".repeat(width)}  ${markLegend(rounds.flat())}; ! an alert, ? no number`;
  return [
    createItem("entry", {
      title: [title],
      colon: true,
      after: [`${rounds.length} ${rounds.length === 1 ? "look" : "looks"}`],
      code: { language: "text", text: [...lines, legend].join("\n") },
    }),
  ];
}

function seriesOf(rounds: readonly (readonly ReportSample[])[]): readonly (readonly ReportSample[])[] {
  const series = new Map<string, ReportSample[]>();
  for (const sample of rounds.flat()) {
    const key = `${sample.title} ${sample.alert}`;
    const found = series.get(key);
    if (found) found.push(sample);
    else series.set(key, [sample]);
  }
  return [...series.values()];
}

/** At most a line: several samples share a character, and the worst of them is drawn. */
function plot(samples: readonly ReportSample[]): string {
  const size = Math.ceil(samples.length / widest);
  const marks: string[] = [];
  for (let from = 0; from < samples.length; from += size)
    marks.push(sampleMark(samples.slice(from, from + size), { unicode: true }));
  return marks.join("");
}

function extremes(samples: readonly ReportSample[]): string {
  const values = samples.flatMap(({ value }) => (value === undefined ? [] : [value]));
  const unit = samples[0]?.unit ?? "";
  if (values.length === 0) return "no number";
  const written = (value: number): string => `${Math.round(value * 100) / 100}${unit}`;
  return `lowest ${written(values.reduce((a, b) => Math.min(a, b)))}, highest ${written(values.reduce((a, b) => Math.max(a, b)))}`;
}
