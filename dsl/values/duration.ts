import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { requireNumber } from "./require-number.ts";

/** A length of time. Written with `seconds(30)`, `minutes(10)`, `hours(2)`. */
export interface Duration {
  readonly node: "duration";
  readonly seconds: number;
}

/** `count` seconds. */
export function seconds(count: number): Duration {
  return createDuration(count, 1, captureCallSite(seconds));
}

/** `count` minutes. */
export function minutes(count: number): Duration {
  return createDuration(count, 60, captureCallSite(minutes));
}

/** `count` hours. */
export function hours(count: number): Duration {
  return createDuration(count, 3600, captureCallSite(hours));
}

function createDuration(count: number, unit: number, at: CallSite): Duration {
  return Object.freeze({ node: "duration", seconds: requireNumber(count, "a length of time", { min: 0 }, at) * unit });
}
