import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { AlertNode } from "../measurements/measurement.ts";
import { checkSampling } from "../measurements/sampling.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { type Duration, seconds } from "../values/duration.ts";
import type { Text } from "../values/text.ts";
import { type OnFailure, type OnFailureNode, parseOnFailure } from "./on-failure.ts";

/** Watches alerts in the background, from the first write after it until the step `until` has ended. */
export interface GuardNode {
  readonly block: "guard";
  readonly id: string;
  readonly title: Text;
  readonly alerts: readonly AlertNode[];
  readonly until?: string;
  readonly onTrip: OnFailureNode;
  readonly interval: Duration;
  readonly failures: number;
  readonly blindAfter: number;
  readonly at: CallSite;
}

/** What a guard watches, how far, and what happens when it trips. */
export interface GuardOptions {
  /** What must not be. */
  readonly alerts: readonly [AlertNode, ...AlertNode[]];
  /** Id of the step after which it stops watching; the end of the runbook unless given. */
  readonly until?: string;
  /** What happens when it trips. */
  readonly onTrip: OnFailure;
  /** Time between two samples; 15 seconds unless given. */
  readonly interval?: Duration;
  /** Bad samples that trip it; 1 unless given. */
  readonly failures?: number;
  /** Samples in a row without a number that make it blind; 3 unless given. */
  readonly blindAfter?: number;
}

const guardSettings = defineSettings<GuardOptions>({
  alerts: "any!",
  until: "string",
  onTrip: "any!",
  interval: "duration",
  failures: "number",
  blindAfter: "number",
});

/**
 * Watches from here on: if an alert holds, or a step fails, `onTrip` happens.
 *
 * @example
 * guard("thresholds", "Watch the alert thresholds", { alerts: [errorRate.above(percent(1))], until: "verify", onTrip: rollback });
 */
export function guard(id: string, title: Text, options: GuardOptions): GuardNode {
  const at = captureCallSite(guard);
  requireHeading("guard", id, title, at);
  checkSettings(guardSettings, options, "guard", id, at);
  const { alerts, until, onTrip, interval = seconds(15), failures = 1, blindAfter = 3 } = options;
  checkSampling(`the guard ${id}`, alerts, { interval, failures, blindAfter }, at);
  return Object.freeze({
    block: "guard",
    id,
    title,
    alerts,
    ...(until === undefined ? {} : { until }),
    onTrip: parseOnFailure(onTrip, at),
    interval,
    failures,
    blindAfter,
    at,
  });
}
