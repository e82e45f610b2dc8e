import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { timeText } from "../../output/clock-text.ts";
import type { WaitFacts } from "../session/wait-facts.ts";
import { sinceText } from "./guard-line.ts";

export interface WaitLineOptions {
  readonly wait: WaitFacts;
  /** In a guard's range only watched time counts, and nobody knows how long the next second takes. */
  readonly guarded: boolean;
  readonly columns: number;
  /** What it is: the keys of several waits stand apart. */
  readonly number?: string;
}

/** Seconds that may pass unseen before a wait counts as standing still. */
const stillAfter = 3;

/** "6m 19s left of 10m 00s, ends 03:24:52   sampled 10s ago". */
export function waitLine({ wait, guarded, columns, number }: WaitLineOptions): string {
  const { remaining, of, at, looks } = wait;
  const unseen = (performance.now() - at) / 1000;
  const left = Math.max(0, remaining - (guarded ? Math.min(1, unseen) : unseen));
  const narrow = columns < 60;
  const end = guarded && unseen > stillAfter ? "stands still" : `ends ${timeText(new Date(Date.now() + left * 1000))}`;
  const last = looks.at(-1);
  const sampled = narrow || last === undefined ? "" : `   sampled ${sinceText(last.at)} ago`;
  const name = number === undefined ? "" : `${number} `;
  return `${name}${formatDuration(Math.ceil(left))} left${narrow ? "" : ` of ${formatDuration(of)}`}, ${end}${sampled}`;
}
