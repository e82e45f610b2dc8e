import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { CallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";

/** The days of a week, as they are written. */
export const dayNames = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** A day of the week. */
export type Day = (typeof dayNames)[number];

/** What an environment forbids, whatever a runbook says. */
export interface Policy {
  /** An approval must stand before the first write, or before the first step that takes something away. */
  readonly approval?: "before-writes" | "before-destructive";
  /** False: a person attends every run; `--auto` is refused. */
  readonly unattended?: false;
  /** The only cluster, and the only namespace in it, that its steps act on. */
  readonly cluster?: ClusterPin;
  /** When destructive steps may start. */
  readonly destructive?: TimeWindow;
}

/** A target of kubectl. What is left out may be any. */
export interface ClusterPin {
  /** Name of the context in the kubeconfig. */
  readonly context?: string;
  /** Address of the API server, as it stands in the kubeconfig: names of contexts differ from machine to machine. */
  readonly server?: string;
  readonly namespace?: string;
}

/** Hours of the day by the wall clock of a place; over midnight if `to` is not after `from`. */
export interface TimeWindow {
  /** The days on which it opens; every day unless given. */
  readonly days?: readonly Day[];
  /** "22:00". */
  readonly from: string;
  /** "06:00", "24:00". */
  readonly to: string;
  /** An IANA name, such as "Europe/Berlin". */
  readonly timeZone: string;
}

const policySettings = defineSettings<Policy>({
  approval: "string",
  unattended: "boolean",
  cluster: "object",
  destructive: "object",
});
const clusterSettings = defineSettings<ClusterPin>({ context: "string", server: "string", namespace: "string" });
const windowSettings = defineSettings<TimeWindow>({
  days: "list",
  from: "string!",
  to: "string!",
  timeZone: "string!",
});

/**
 * What an author gives as the policy of an environment.
 *
 * @throws LockstepError `bad-setting` or `unknown-setting`, with what to write.
 */
export function parsePolicy(policy: Policy, environment: string, at: CallSite): Policy {
  const of = `the policy of environment ${environment}`;
  checkSettings(policySettings, policy, of, undefined, at);
  const { approval, unattended, cluster, destructive } = policy;
  if (approval !== undefined && approval !== "before-writes" && approval !== "before-destructive")
    throw wrong(
      `approval of ${of} must be before-writes or before-destructive, not "${String(approval)}"`,
      'Write approval: "before-writes"',
      at,
    );
  if ((unattended as unknown) === true)
    throw wrong(`unattended of ${of} can only be false`, "Leave it out: runs may be unattended", at);
  if (cluster) checkSettings(clusterSettings, cluster, `cluster of ${of}`, undefined, at);
  if (cluster && Object.keys(cluster).length === 0)
    throw wrong(`cluster of ${of} names nothing`, 'Write cluster: { context: "...", namespace: "..." }', at);
  if (destructive) checkWindow(destructive, `destructive of ${of}`, at);
  return Object.freeze({ ...policy });
}

function checkWindow(window: TimeWindow, of: string, at: CallSite): void {
  checkSettings(windowSettings, window, of, undefined, at);
  const { days, from, to, timeZone } = window;
  if (days?.length === 0) throw wrong(`days of ${of} are none`, "Leave them out for every day", at);
  const day = days?.find((name) => !dayNames.includes(name));
  if (day !== undefined)
    throw wrong(
      `days of ${of} hold ${typeof day === "string" ? `"${day}"` : describeValue(day)}, which is no day`,
      didYouMean(String(day), dayNames) ?? `Write days: ["${dayNames[0]}", "${dayNames[1]}"]`,
      at,
    );
  for (const [name, time] of [
    ["from", from],
    ["to", to],
  ] as const)
    if (!/^(?:[01]\d|2[0-3]):[0-5]\d$/.test(time) && !(name === "to" && time === "24:00"))
      throw wrong(`${name} of ${of} must be a time of day, not "${time}"`, `Write ${name}: "22:00"`, at);
  if (from === to)
    throw wrong(`${of} begins and ends at ${from}`, 'For a whole day write from: "00:00", to: "24:00"', at);
  if (!isTimeZone(timeZone))
    throw wrong(
      `timeZone of ${of} must be a time zone, not "${timeZone}"`,
      didYouMean(timeZone, Intl.supportedValuesOf("timeZone")) ?? 'Write timeZone: "Europe/Berlin"',
      at,
    );
}

function isTimeZone(timeZone: string): boolean {
  try {
    // an offset such as "+02:00" knows no daylight saving
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "" && !/^[+-]/.test(timeZone);
  } catch {
    return false;
  }
}

function wrong(message: string, hint: string, at: CallSite): LockstepError {
  return new LockstepError({ code: "bad-setting", message, hint, at });
}
