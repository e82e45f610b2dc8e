import { readBootId } from "./boot-id.ts";
import { readProcess } from "./process-entry.ts";

/**
 * What tells a process from every other, also from a later one that was given the same pid.
 */
export interface ProcessIdentity {
  readonly pid: number;
  /** In the system's own unit, compared as text. */
  readonly startTime: string;
  /** The boot of the machine in which it started. */
  readonly boot: string;
}

let own: ProcessIdentity | undefined;

/**
 * The identity of this process.
 *
 * @example
 * const holder = processIdentity(); // { pid: 4711, startTime: "8812345", boot: "1b4e..." }
 */
export function processIdentity(): ProcessIdentity {
  if (own?.pid === process.pid) return own;
  own = { pid: process.pid, startTime: readProcess(process.pid)?.startTime ?? "unknown", boot: readBootId() };
  return own;
}

/**
 * Whether that very process lives: the same pid and start time, in the same boot. A process that
 * has ended and only waits for its parent to take notice does not live.
 */
export function isAlive(identity: ProcessIdentity): boolean {
  if (identity.boot !== readBootId()) return false;
  const entry = readProcess(identity.pid);
  return entry !== undefined && !entry.zombie && entry.startTime === identity.startTime;
}
