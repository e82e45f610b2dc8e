import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { nearestOf } from "../../../renderers/report/nearness.ts";
import { inertText } from "../../output/inert-text.ts";
import type { WatchedGuard } from "../session/session-facts.ts";
import { valueText } from "./sample-text.ts";

/** "guard to 4.2: no alert; nearest Memory usage 63% (alert > 85%), 2s ago". */
export function guardLine({ guard, rounds, blind }: WatchedGuard): string {
  const reach = `guard to ${guard.until?.number ?? "the end"}`;
  const last = rounds.at(-1);
  if (!last) return `${reach}: no sample yet`;
  const ago = `${sinceText(last.at)} ago`;
  const missing = last.samples.filter(({ value }) => value === undefined);
  if (blind)
    return `${reach}: BLIND, nothing new starts; ${missing.map(({ title }) => inertText(title)).join(", ") || "no number"}, ${ago}`;
  const nearest = nearestOf(last.samples.filter(({ value }) => value !== undefined));
  const numbers =
    nearest && `nearest ${inertText(nearest.title)} ${valueText(nearest)} (alert ${inertText(nearest.alert)})`;
  const none =
    missing.length === 0 ? undefined : `no number for ${missing.map(({ title }) => inertText(title)).join(", ")}`;
  const word = last.samples.some(({ bad }) => bad) ? "ALERT" : "no alert";
  return `${reach}: ${[word, none, numbers].filter((part) => part !== undefined).join("; ")}, ${ago}`;
}

/** "10s": since a time in milliseconds since 1970. */
export function sinceText(at: number): string {
  return formatDuration(Math.max(0, Math.round((Date.now() - at) / 1000)));
}
