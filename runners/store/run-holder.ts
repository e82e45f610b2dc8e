import { readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { isAlive, type ProcessIdentity, processIdentity } from "../processes/process-identity.ts";

/** The process that holds a run, or held it. */
export interface RunHolder extends ProcessIdentity {
  readonly host: string;
  /** The space in which the pid counts (Linux: the pid namespace, such as that of a container); empty where there is only one. */
  readonly space: string;
  /** Since when: UTC, ISO 8601; for people. */
  readonly since: string;
}

/** What can be known of a holder from here. From another host or container it cannot be seen whether it lives. */
export type HolderState = "living" | "dead" | "out-of-sight";

/** This process as a holder. */
export function thisHolder(since: Date): RunHolder {
  return { ...processIdentity(), host: hostname(), space: pidSpace(), since: since.toISOString() };
}

/** Whether a holder still lives: the very process, not another one that was given its pid. */
export function holderState(holder: RunHolder): HolderState {
  const here = thisHolder(new Date());
  if (holder.host !== here.host) return "out-of-sight";
  // this host was started anew since, so nothing of then lives
  if (holder.boot !== here.boot) return "dead";
  if (holder.space !== here.space) return "out-of-sight";
  return isAlive(holder) ? "living" : "dead";
}

/** The holder that a text of a hold stands for, or undefined if it is none. */
export function parseHolder(text: string): RunHolder | undefined {
  try {
    const { pid, startTime, boot, host, space, since } = JSON.parse(text) as Partial<RunHolder>;
    const texts = [startTime, boot, host, space, since];
    if (!Number.isSafeInteger(pid) || texts.some((value) => typeof value !== "string")) return undefined;
    return { pid, startTime, boot, host, space, since } as RunHolder;
  } catch {
    return undefined;
  }
}

function pidSpace(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}
