import { worstOf } from "../../../renderers/report/nearness.ts";
import type { Sample } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import type { Style } from "../screen/style.ts";
import type { Look } from "../session/wait-facts.ts";
import { alertText, valueText } from "./sample-text.ts";

export interface TripChartOptions {
  readonly rounds: readonly Look[];
  /** The alert that tripped. */
  readonly sample: Sample;
  readonly columns: number;
  readonly style: Style;
}

/** One column of the chart. */
interface Column {
  readonly at: number;
  readonly value: number | undefined;
}

const height = 5;
const widest = 48;
/** Columns that the labels at the left usually take, and the word at the right. */
const usualLabel = 7;
const wordWidth = 10;

/** What one alert showed until it tripped: bars from 0, with the bound across them, and the times of the first and the last. */
export function tripChart({ rounds, sample, columns, style }: TripChartOptions): string[] {
  const alert = alertLabel(sample, columns);
  const label = Math.max(usualLabel, alert.length);
  const room = Math.max(8, Math.min(widest, Math.min(columns, 80) - 2 - label - wordWidth));
  const bars = columnsOf(rounds, sample, room);
  const values = bars.flatMap(({ value }) => value ?? []);
  if (values.length === 0) return [];
  const { bound } = sample;
  const top = roundUp(Math.max(...values, bound, Number.MIN_VALUE) * 1.02);
  const boundRow = Math.min(height - 1, Math.max(0, Math.floor((bound / top) * height)));
  const gutter = style.dim(style.marks.gutter.trimEnd());
  const rows = Array.from({ length: height }, (_, row) => {
    const isBound = row === boundRow;
    const highest = row === height - 1 ? valueText({ ...sample, value: top, bad: false }) : "";
    const words = isBound ? alert : row === 0 ? "0" : highest;
    const drawn = bars.map(({ value }) => cell(value, row, top, isBound, style)).join("");
    const end = isBound ? `${dashes(3, style)} alert` : "";
    return `${words.padStart(label)} ${gutter}${drawn}${end}`.trimEnd();
  });
  return [...rows.reverse(), timesLine(bars, label)];
}

/** Whole, since a bound of which a part is left out is another bound; without blanks where it needs the room. */
function alertLabel(sample: Sample, columns: number): string {
  const wide = alertText(sample, "wide");
  return columns < 60 || wide.length > usualLabel ? alertText(sample, "narrow") : wide;
}

function cell(value: number | undefined, row: number, top: number, isBound: boolean, style: Style): string {
  const blank = isBound ? dashes(1, style) : " ";
  if (value === undefined) return row === 0 ? "?" : blank;
  const filled = (value / top) * height - row;
  if (filled <= 0) return row === 0 && value >= 0 ? (style.unicode ? "▁" : ".") : blank;
  if (!style.unicode) return filled >= 0.67 ? "#" : filled >= 0.34 ? ":" : ".";
  return "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(filled * 8))] ?? "█";
}

/** At most so many; several looks share one, and the worst of them is drawn. */
function columnsOf(rounds: readonly Look[], { measurement, alert }: Sample, most: number): readonly Column[] {
  const series = rounds.flatMap(({ at, samples }) => {
    const sample = samples.find((each) => each.measurement === measurement && each.alert === alert);
    return sample === undefined ? [] : [{ at, sample }];
  });
  const size = Math.max(1, Math.ceil(series.length / most));
  const bars: Column[] = [];
  for (let from = 0; from < series.length; from += size) {
    const group = series.slice(from, from + size);
    const last = group.at(-1);
    if (last) bars.push({ at: last.at, value: worstOf(group.map(({ sample }) => sample))?.value });
  }
  const [first] = series;
  const [bar] = bars;
  return first && bar ? [{ ...bar, at: first.at }, ...bars.slice(1)] : bars;
}

function timesLine(bars: readonly Column[], label: number): string {
  const [first, last] = [bars[0], bars.at(-1)].map((bar) => timeText(new Date(bar?.at ?? 0)));
  const indent = " ".repeat(label + 2);
  if (bars.length < 2) return `${indent}${last}`;
  return `${indent}${first}${(last ?? "").padStart(Math.max(bars.length - (first ?? "").length, (last ?? "").length + 2))}`;
}

function dashes(count: number, { unicode }: Style): string {
  return (unicode ? "╌" : "-").repeat(count);
}

/** To two digits, so that the highest bar stays below the top. */
function roundUp(value: number): number {
  const unit = 10 ** (Math.floor(Math.log10(value)) - 1);
  return Number((Math.ceil(value / unit) * unit).toPrecision(2));
}
