import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";

/** What a number must be. */
interface Bounds {
  readonly min?: number;
  readonly whole?: boolean;
  /** The minimum itself is too small. */
  readonly positive?: boolean;
}

/**
 * A number of the author's that a run will count or wait by.
 *
 * @throws LockstepError `bad-setting`
 */
export function requireNumber(
  value: number,
  what: string,
  { min, whole = false, positive = false }: Bounds,
  at: CallSite,
): number {
  const fits = (whole ? Number.isInteger(value) : Number.isFinite(value)) && (min === undefined || value >= min);
  if (typeof value === "number" && fits && !(positive && value <= 0)) return value;
  const kind = whole ? "a whole number" : "a number";
  const bound = positive ? " above 0" : min === undefined ? "" : `, at least ${min}`;
  throw new LockstepError({
    code: "bad-setting",
    message: `${what} must be ${kind}${bound}, not ${String(value)}`,
    hint: positive || min === undefined ? `Write ${kind}${bound}` : `Write ${min} or more`,
    at,
  });
}
