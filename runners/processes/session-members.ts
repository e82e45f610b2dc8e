import { readBootId } from "./boot-id.ts";
import { listProcesses, type ProcessEntry } from "./process-entry.ts";
import type { ProcessIdentity } from "./process-identity.ts";

/**
 * The living processes of the session that `leader` began, the leader among them.
 *
 * While a process of a session lives, the system gives its leader's pid to nobody else; so a
 * process with that pid and another start time means that nothing of the session is left.
 */
export function sessionMembers(leader: ProcessIdentity): readonly ProcessEntry[] {
  // 0 is the session of whatever comes from outside of a container
  if (leader.pid <= 0 || leader.boot !== readBootId() || isEmpty(leader.pid)) return [];
  const entries = listProcesses();
  const holder = entries.find(({ pid }) => pid === leader.pid);
  if (holder && holder.startTime !== leader.startTime) return [];
  return entries.filter(({ zombie, session, group }) => !zombie && (session === leader.pid || group === leader.pid));
}

/** `root` and the living processes that descend from it. */
export function descendants(root: ProcessIdentity): readonly ProcessEntry[] {
  if (root.boot !== readBootId()) return [];
  const entries = listProcesses();
  const found = entries.filter(({ pid, startTime }) => pid === root.pid && startTime === root.startTime);
  for (const parent of found)
    found.push(...entries.filter((entry) => entry.parent === parent.pid && !found.includes(entry)));
  return found.filter(({ zombie }) => !zombie);
}

/** A cheap look before the costly one: on Linux a session can outlive its first group, so only elsewhere. */
function isEmpty(group: number): boolean {
  if (process.platform === "linux") return false;
  try {
    process.kill(-group, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
