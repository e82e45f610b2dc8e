import { sampleMark } from "../../../renderers/report/nearness.ts";
import type { Sample } from "../../../runners/events/run-event.ts";

/** What one alert showed, and where that stands between the beginning, 0, and the end, 1. */
export interface PlotPoint {
  readonly place: number;
  readonly sample: Sample;
}

export interface PlotOptions {
  readonly points: readonly PlotPoint[];
  /** How much is behind it, 0 to 1; what is to come is dots. */
  readonly passed: number;
  readonly cells: number;
  readonly unicode: boolean;
}

/**
 * From 0 to the alert in eighths, or in tenths without Unicode: `!` is an alert, `?` had no number. Of several looks
 * in one cell the worst is drawn; a cell without a look goes on as the one before.
 */
export function plotText({ points, passed, cells, unicode }: PlotOptions): string {
  const filled = passed >= 1 ? cells : Math.min(cells, Math.floor(passed * cells) + 1);
  const byCell = new Map<number, Sample[]>();
  for (const { place, sample } of points) {
    const cell = Math.max(0, Math.min(cells - 1, Math.floor(place * cells)));
    byCell.set(cell, [...(byCell.get(cell) ?? []), sample]);
  }
  let last: readonly Sample[] = [];
  const marks = Array.from({ length: cells }, (_, cell) => {
    if (cell >= filled) return unicode ? "·" : ".";
    last = byCell.get(cell) ?? last;
    return sampleMark(last, { unicode });
  });
  return marks.join("");
}
