import type { TimeWindow } from "../../dsl/policy/policy.ts";
import { nextOpening, openingText } from "../../dsl/policy/time-window.ts";

/** "next on Monday 2026-03-30 22:00 (Europe/Berlin)". */
export function opensAt(window: TimeWindow, now: Date): string {
  const next = nextOpening(window, now);
  return next === undefined ? "not within two weeks" : `next on ${openingText(window, next)}`;
}
