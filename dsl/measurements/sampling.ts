import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { Duration } from "../values/duration.ts";
import { requireNumber } from "../values/require-number.ts";
import type { AlertNode } from "./measurement.ts";

/** How alerts are sampled. */
interface Sampling {
  readonly interval: Duration;
  readonly failures: number;
  readonly blindAfter: number;
}

/**
 * What a gate and a guard have in common must make sense, or they would pass, or wait, for ever.
 *
 * @throws LockstepError `bad-setting`
 */
export function checkSampling(
  what: string,
  alerts: readonly AlertNode[],
  { interval, failures, blindAfter }: Sampling,
  at: CallSite,
): void {
  if (!Array.isArray(alerts) || alerts.length === 0)
    throw new LockstepError({
      code: "bad-setting",
      message: `${what} has no alert to look at`,
      hint: "Name what must not be: [errorRate.above(percent(1))]",
      at,
    });
  for (const alert of alerts)
    if (alert?.node !== "alert")
      throw new LockstepError({
        code: "bad-setting",
        message: `${what} must look at alerts, not at ${describeValue(alert)}`,
        hint: "An alert is a bound on a measurement: [errorRate.above(percent(1))]",
        at,
      });
  requireNumber(interval.seconds, `the interval of ${what}`, { positive: true }, at);
  requireNumber(failures, `failures of ${what}`, { min: 1, whole: true }, at);
  requireNumber(blindAfter, `blindAfter of ${what}`, { min: 1, whole: true }, at);
}
