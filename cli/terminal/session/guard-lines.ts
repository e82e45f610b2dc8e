import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type { Sample } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import type { WatchedGuard } from "./session-facts.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** "6m 19s left of 10m 00s, ends 03:24:52". */
export function waitLine({
  seconds,
  of,
  at,
}: {
  readonly seconds: number;
  readonly of: number;
  readonly at: number;
}): string {
  const left = Math.max(0, seconds - (performance.now() - at) / 1000);
  return `${formatDuration(Math.ceil(left))} left of ${formatDuration(of)}, ends ${timeText(new Date(Date.now() + left * 1000))}`;
}

/** The alerts that are watched now, each with its value and a plot from 0 to its bound. */
export function guardTable(ui: TerminalUi, key: string): readonly string[] {
  const rounds =
    ui.facts.gates.get(key) ??
    [...ui.facts.guards.values()].find(({ guard }) => guard.covers.includes(key))?.rounds ??
    [];
  const last = rounds.at(-1);
  if (!last || ui.screen.rows < 14) return [];
  const width = ui.screen.columns < 60 ? 6 : 24;
  return last.samples.map((sample, index) =>
    row(
      ui,
      sample,
      rounds.map((round) => round.samples[index]),
      width,
    ),
  );
}

/** "guard to 4.2: no alert; nearest Memory usage 63% (alert > 85%), 2s ago". */
export function guardLine(watched: WatchedGuard): string {
  const { guard, rounds, blind } = watched;
  const reach = `guard to ${guard.until?.number ?? "the end"}`;
  const last = rounds.at(-1);
  if (blind) return `${reach}: BLIND, nothing new starts`;
  if (!last) return `${reach}: no sample yet`;
  const [nearest] = last.samples.toSorted((one, other) => share(other) - share(one));
  const ago = formatDuration(Math.max(0, Math.round((Date.now() - last.at) / 1000)));
  const word = last.samples.some(({ bad }) => bad) ? "ALERT" : "no alert";
  return `${reach}: ${word}${nearest ? `; nearest ${nearest.title} ${valueText(nearest)} (alert ${nearest.alert})` : ""}, ${ago} ago`;
}

function row(
  { screen: { style } }: TerminalUi,
  sample: Sample,
  history: readonly (Sample | undefined)[],
  width: number,
): string {
  const plot = history
    .slice(-width)
    .map((each) => level(each, style.unicode))
    .join("");
  return `${sample.title.padEnd(22).slice(0, 22)} ${valueText(sample).padStart(7)}  ${sample.alert.padEnd(13)}  ${plot}`;
}

function level(sample: Sample | undefined, unicode: boolean): string {
  if (sample?.value === undefined) return "?";
  if (sample.bad) return "!";
  const height = share(sample);
  return unicode
    ? ("▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(height * 8))] ?? "▁")
    : String(Math.min(9, Math.floor(height * 10)));
}

/** How near a value is to its alert: 0 to 1. */
function share({ value, bound, op }: Sample): number {
  if (value === undefined) return 1;
  const ratio = op === "above" ? value / (bound || 1) : bound / (value || 1);
  return Math.max(0, Math.min(1, ratio));
}

function valueText({ value, unit }: Sample): string {
  return value === undefined ? "?" : `${Number(value.toPrecision(3))}${unit.split(" ")[0] ?? ""}`;
}
