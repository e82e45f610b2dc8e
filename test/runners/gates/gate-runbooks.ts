import {
  type AnyRunbook,
  type GateOptions,
  gate,
  measurement,
  notNeeded,
  percent,
  prometheus,
  runbook,
  seconds,
  sh,
  step,
} from "../../../dsl/index.ts";

const undo = notNeeded("a test");

/** A gate on the error rate that this Prometheus tells, then a write. */
export function gated(url: string, options: Partial<GateOptions> = {}): AnyRunbook {
  const errorRate = measurement("error-rate", "Error rate", {
    measures: "5xx among all responses",
    unit: "%",
    query: sh.read`curl -sSfG ${url} --data-urlencode 'query=100 * sum(rate(errors[1m]))'`,
    reading: prometheus,
  });
  return runbook({ id: "gated", title: "Gated" }, () => [
    gate("steady", "Steady", {
      failIf: [errorRate.above(percent(1))],
      hold: seconds(0.4),
      interval: seconds(0.1),
      blindAfter: 2,
      ...options,
    }),
    step("next", "Go on", sh`echo next >> effects`, { undo }),
  ]);
}

/** One that holds for long. */
export const long = (url: string): AnyRunbook => gated(url, { hold: seconds(4), interval: seconds(1) });

/** One that two bad samples make fail. */
export const tolerant = (url: string): AnyRunbook =>
  gated(url, { hold: seconds(4), interval: seconds(0.5), failures: 2 });
