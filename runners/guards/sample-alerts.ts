import type { PlanAlert, PlanMeasurement } from "../../dsl/plan/plan.ts";
import { createTextMasker } from "../attempts/masker.ts";
import type { Engine } from "../engine/engine.ts";
import { runRead } from "../engine/run-read.ts";
import type { Sample } from "../events/run-event.ts";
import { type NumberReading, readNumber } from "./read-number.ts";

/** A query that takes longer brings no number. */
const minQuerySeconds = 5;
/** A number may be older than the interval by so much, for clocks that differ. */
const clockTolerance = 60;

/** What of a run a sample needs; a dry run has it too. */
export type SamplingPlace = Pick<Engine, "root" | "clock" | "measurement" | "commandText" | "secrets" | "withheld">;

/** How long a query may take, in seconds. */
export function querySeconds(intervalSeconds: number): number {
  return Math.max(minQuerySeconds, intervalSeconds);
}

/** One sample of each alert; each measurement is queried once. */
export async function sampleAlerts(
  engine: SamplingPlace,
  alerts: readonly PlanAlert[],
  intervalSeconds: number,
  signal?: AbortSignal,
): Promise<readonly Sample[]> {
  const ids = [...new Set(alerts.map(({ measurement }) => measurement))];
  const readings = new Map(
    await Promise.all(
      ids.map(async (id) => [id, await measure(engine, engine.measurement(id), intervalSeconds, signal)] as const),
    ),
  );
  return alerts.map((alert) => toSample(alert, readings.get(alert.measurement) ?? { reason: "it is not defined" }));
}

async function measure(
  engine: SamplingPlace,
  measurement: PlanMeasurement | undefined,
  intervalSeconds: number,
  signal: AbortSignal | undefined,
): Promise<NumberReading> {
  if (!measurement) return { reason: "it is not defined" };
  const timeoutSeconds = querySeconds(intervalSeconds);
  const { exitCode, stdout, stderr, timedOut } = await runRead(engine.commandText(measurement.query), {
    cwd: engine.root,
    withheld: engine.withheld,
    env: {},
    timeoutSeconds,
    signal,
  });
  if (timedOut) return { reason: `no answer within ${timeoutSeconds}s` };
  if (exitCode !== 0)
    return {
      reason:
        createTextMasker(engine.secrets)(stderr.trim().split("\n").at(-1) ?? "").slice(0, 200) ||
        `its query ended with exit code ${exitCode ?? "unknown"}`,
    };
  return readNumber(measurement.reading, stdout, engine.clock.now().getTime(), intervalSeconds + clockTolerance);
}

function toSample({ measurement, title, text, unit, bound, op }: PlanAlert, reading: NumberReading): Sample {
  const common = { measurement, title, alert: text, unit, bound, op };
  if ("reason" in reading) return { ...common, reason: reading.reason, bad: false };
  const { value } = reading;
  return { ...common, value, bad: op === "above" ? value > bound : value < bound };
}
