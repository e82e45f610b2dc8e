import { setTimeout as delay } from "node:timers/promises";
import type { ProcessEntry } from "./process-entry.ts";

/** How often it is looked whether anything is left, in milliseconds. */
const lookEvery = 25;
/** How long the system may take to carry out a KILL, in milliseconds, before it is given up (a process in an uninterruptible wait). */
const killTakes = 5000;

export interface SessionEnd {
  /** The processes that are to end, looked up anew each time. */
  readonly members: () => readonly ProcessEntry[];
  /** The groups to signal as a whole; what is in none is signalled one by one. */
  readonly wholeGroups: boolean;
  readonly graceSeconds: number;
  /** Aborted when what is left of the grace time is not waited for. */
  readonly hurry?: AbortSignal;
}

/**
 * Ends processes: TERM, and KILL for what is left after the grace time.
 *
 * @returns What survived KILL for five seconds: a process of another user, or one that the system itself keeps waiting.
 */
export async function endSession({
  members,
  wholeGroups,
  graceSeconds,
  hurry,
}: SessionEnd): Promise<readonly ProcessEntry[]> {
  const signal = (name: NodeJS.Signals): void => {
    // a group of 0 or 1 is none of a step, and to a signal it would mean this process's own group, or every process
    const ids = members().map(({ pid, group }) => (wholeGroups && group > 1 ? -group : pid));
    for (const id of new Set(ids)) send(id, name);
  };
  signal("SIGTERM");
  signal("SIGCONT"); // a stopped process takes TERM only when it goes on
  if (await emptied(members, graceSeconds * 1000, hurry)) return [];
  const deadline = performance.now() + killTakes;
  do {
    signal("SIGKILL"); // again and again: what forks may have escaped the last look
    if (await emptied(members, 4 * lookEvery)) return [];
  } while (performance.now() < deadline);
  return members();
}

async function emptied(
  members: () => readonly ProcessEntry[],
  forMilliseconds: number,
  hurry?: AbortSignal,
): Promise<boolean> {
  const deadline = performance.now() + forMilliseconds;
  while (members().length > 0) {
    const left = deadline - performance.now();
    if (left <= 0 || hurry?.aborted) return false;
    await delay(Math.min(lookEvery, left));
  }
  return true;
}

function send(id: number, name: NodeJS.Signals): void {
  try {
    process.kill(id, name);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "ESRCH" && code !== "EPERM") throw error;
  }
}
