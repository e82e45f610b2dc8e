import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";

/**
 * A JSON pointer (RFC 6901) is empty, for the whole document, or begins with a slash.
 *
 * @param taker Who takes it: "jsonNumber".
 * @param write How it is written there, around the pointer that was meant.
 * @throws LockstepError `bad-setting`
 */
export function requirePointer(
  pointer: unknown,
  taker: string,
  write: (pointer: string) => string,
  at: CallSite,
): void {
  if (typeof pointer === "string" && /^(\/|$)/.test(pointer)) return;
  const meant = typeof pointer === "string" ? pointer.replace(/^\$?\.?/, "").replaceAll(".", "/") : "errors/rate";
  throw new LockstepError({
    code: "bad-setting",
    message: `${taker} takes a JSON pointer, not ${describeValue(pointer)}`,
    hint: `Write ${write(`"/${meant}"`)}`,
    at,
  });
}
