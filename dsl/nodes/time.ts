import type { GateAction, ShellLikeAction, WaitAction, WatchAction } from "../actions/action.ts";
import type { NoOutputs } from "../actions/output.ts";
import { captureCallSite } from "../errors/source-position.ts";
import type { AlertNode } from "../measurements/measurement.ts";
import { checkSampling } from "../measurements/sampling.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { requireRead } from "../settings/require-action.ts";
import { requireDuration } from "../settings/require-duration.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { type Duration, seconds } from "../values/duration.ts";
import { type Ref, refOf } from "../values/ref.ts";
import { requireNumber } from "../values/require-number.ts";
import type { Text } from "../values/text.ts";
import type { QuotedNode } from "./prose.ts";
import { type CommonOptions, createStep, type Step } from "./step.ts";

type TimeOptions = Pick<CommonOptions, "added" | "onFailure">;

interface WatchOptions extends TimeOptions {
  readonly until: string;
  readonly interval?: Duration;
  readonly corrects?: QuotedNode;
}

const timeSettings = { added: "boolean", onFailure: "any" } as const;
const waitSettings = defineSettings<TimeOptions>(timeSettings);
const watchSettings = defineSettings<WatchOptions>({
  ...timeSettings,
  until: "string!",
  interval: "duration",
  corrects: "any",
});

/**
 * Lets time pass; a resumed run waits for what remains.
 *
 * @example
 * wait("monitor", "Monitor for 10 minutes", minutes(10));
 */
export function wait(
  id: string,
  title: Text,
  duration: Duration | Ref<Duration>,
  options: TimeOptions = {},
): Step<NoOutputs, WaitAction> {
  const at = captureCallSite(wait);
  requireHeading("wait", id, title, at);
  if (!refOf(duration)) requireDuration(duration, `the length of wait ${id}`, at);
  checkSettings(waitSettings, options, "wait", id, at);
  return createStep(id, title, { node: "action", kind: "wait", effect: "read", duration, at }, options, at);
}

/**
 * Shows a read every `interval` (5 seconds unless given) until a person has seen enough; unattended it is shown once.
 * Its command is the `watch -n` line of the read.
 *
 * @example
 * watch("pods", "Watch the pods", kubectl.top.pods({ namespace: p.namespace }), { until: "CPU and memory stay level" });
 */
export function watch(
  id: string,
  title: Text,
  action: ShellLikeAction<"read">,
  options: WatchOptions,
): Step<NoOutputs, WatchAction> {
  const at = captureCallSite(watch);
  requireHeading("watch", id, title, at);
  requireRead(`what watch ${id} shows`, action, at);
  checkSettings(watchSettings, options, "watch", id, at);
  const { until, interval = seconds(5), ...rest } = options;
  requireNumber(interval.seconds, `the interval of ${id}`, { positive: true }, at);
  return createStep(
    id,
    title,
    { node: "action", kind: "watch", effect: "read", command: action.command, interval, until, at },
    rest,
    at,
  );
}

/** What a gate samples, and what it takes to pass. */
export interface GateOptions extends TimeOptions {
  /** What must not be. */
  readonly failIf: readonly [AlertNode, ...AlertNode[]];
  /** How long none of the alerts may hold. */
  readonly hold: Duration;
  /** Time between two samples; 15 seconds unless given. */
  readonly interval?: Duration;
  /** Time before the first sample. */
  readonly delay?: Duration;
  /** Bad samples that fail it; 1 unless given. */
  readonly failures?: number;
  /** Samples in a row without a number that make it inconclusive; 3 unless given. */
  readonly blindAfter?: number;
}

const gateSettings = defineSettings<GateOptions>({
  ...timeSettings,
  failIf: "any!",
  hold: "duration!",
  interval: "duration",
  delay: "duration",
  failures: "number",
  blindAfter: "number",
});

/**
 * Samples alerts for a time and goes on only if none of them held. Without numbers it is inconclusive, never passed.
 *
 * @example
 * gate("steady", "Check that the error rate stays low", { failIf: [errorRate.above(percent(1))], hold: minutes(5) });
 */
export function gate(id: string, title: Text, options: GateOptions): Step<NoOutputs, GateAction> {
  const at = captureCallSite(gate);
  requireHeading("gate", id, title, at);
  checkSettings(gateSettings, options, "gate", id, at);
  const { failIf, hold, interval = seconds(15), delay = seconds(0), failures = 1, blindAfter = 3, ...rest } = options;
  checkSampling(`the gate ${id}`, failIf, { interval, failures, blindAfter }, at);
  return createStep(
    id,
    title,
    { node: "action", kind: "gate", effect: "read", failIf, hold, interval, delay, failures, blindAfter, at },
    rest,
    at,
  );
}
