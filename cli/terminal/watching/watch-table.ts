import { markLegend, nearness, worstOf } from "../../../renderers/report/nearness.ts";
import type { Sample } from "../../../runners/events/run-event.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Style } from "../screen/style.ts";
import { narrow } from "../session/fact-line.ts";
import type { WaitFacts, WaitLook } from "../session/wait-facts.ts";
import { type PlotPoint, plotText } from "./plot.ts";
import { alertText, valueText } from "./sample-text.ts";

export interface WatchTableOptions {
  readonly wait: WaitFacts;
  readonly columns: number;
  readonly style: Style;
  /** Rows that it may take, its head too. */
  readonly room: number;
  /** `whole`: for the record, with the value that was nearest to the alert in place of the last. */
  readonly part: "now" | "whole";
}

/** One alert with all that it showed. */
interface Row {
  readonly last: Sample;
  readonly points: readonly PlotPoint[];
}

/** Columns that the plots may take, and the title before them. */
const widestPlot = 30;
const longestTitle = 24;

/** The alerts of a wait: what each shows, its bound, and a plot from 0 to the bound up to the end of the wait. */
export function watchTable({ wait, columns, style, room, part }: WatchTableOptions): string[] {
  const all = rowsOf(wait);
  if (all.length === 0 || room < 2) return [];
  const rows = all.length < room ? all : nearestRows(all, room - 2);
  const isNarrow = columns < narrow;
  const cells = rows.map(({ last, points }) => ({
    title: clip(inertText(last.title), isNarrow ? 20 : longestTitle),
    value: valueText(part === "now" ? last : (worstOf(points.map(({ sample }) => sample)) ?? last)),
    alert: clip(alertText(last, isNarrow ? "narrow" : "wide"), isNarrow ? 9 : 20),
    points,
    isBad: (part === "now" ? [last] : points.map(({ sample }) => sample)).some(({ bad }) => bad),
  }));
  const title = Math.max(...cells.map((cell) => cell.title.length));
  const head = part === "now" ? "now" : extremeWord(rows);
  const value = Math.max(isNarrow ? 5 : 7, ...cells.map((cell) => cell.value.length)) + 1;
  const alert = Math.max(5, ...cells.map((cell) => cell.alert.length));
  const gap = isNarrow ? " " : "  ";
  const before = title + value + gap.length + alert + gap.length;
  const plot = Math.min(widestPlot, Math.min(columns, 80) - 1 - before);
  const passed = wait.of === 0 ? 0 : (wait.of - wait.remaining) / wait.of;
  const lines = cells.map((cell) => {
    const text = `${cell.title.padEnd(title)}${cell.value.padStart(value)}${gap}${cell.alert.padEnd(alert)}`;
    const drawn = plot < 3 ? "" : plotText({ points: cell.points, passed, cells: plot, unicode: style.unicode });
    return `${cell.isBad ? style.failed(text) : text}${gap}${drawn}`;
  });
  const legend = style.unicode ? markLegend(rows.map(({ last }) => last)) : "0-9: tenths of the alert";
  const names = `${head.padStart(title + value)}${gap}${"alert".padEnd(alert)}${gap}`;
  const left = all.length - rows.length;
  return [
    ...(isNarrow ? [] : [style.dim(`${names}${legend}`.trimEnd())]),
    ...lines,
    ...(left === 0 ? [] : [style.dim(`and ${left} more, none nearer to its alert`)]),
  ];
}

/** One for each alert of each guard, in the order in which they are written. */
function rowsOf({ looks, of }: WaitFacts): readonly Row[] {
  const rows = new Map<string, { last: Sample; points: PlotPoint[] }>();
  for (const look of looks)
    for (const sample of look.samples) {
      const key = `${look.from} ${sample.measurement} ${sample.alert}`;
      const row = rows.get(key) ?? { last: sample, points: [] };
      rows.set(key, row);
      row.last = sample;
      row.points.push({ place: placeOf(look, of), sample });
    }
  return [...rows.values()];
}

function extremeWord(rows: readonly Row[]): string {
  const ops = new Set(rows.map(({ last }) => last.op));
  if (ops.size > 1) return "worst";
  return ops.has("above") ? "highest" : "lowest";
}

function placeOf({ passed }: WaitLook, of: number): number {
  return of === 0 ? 0 : passed / of;
}

function nearestRows(rows: readonly Row[], count: number): readonly Row[] {
  const kept = new Set(rows.toSorted((one, other) => nearness(other.last) - nearness(one.last)).slice(0, count));
  return rows.filter((row) => kept.has(row));
}

function clip(text: string, width: number): string {
  return text.length <= width ? text : `${text.slice(0, width - 1)}.`;
}
