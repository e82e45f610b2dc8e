import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { Duration } from "../values/duration.ts";
import { describeValue } from "./describe-value.ts";
import { inSeconds, settingKinds } from "./setting-kinds.ts";

/**
 * A length of time where it is no setting by name.
 *
 * @throws LockstepError `bad-setting`
 */
export function requireDuration(value: unknown, what: string, at: CallSite): asserts value is Duration {
  if (settingKinds.duration.fits(value)) return;
  throw new LockstepError({
    code: "bad-setting",
    message: `${what} must be a length of time, not ${describeValue(value)}`,
    hint: `Write ${inSeconds(value)}`,
    at,
  });
}
