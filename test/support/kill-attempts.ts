import { readBegun } from "../../runners/attempts/begun-record.ts";
import { sessionMembers } from "../../runners/processes/session-members.ts";
import { attemptFolders } from "./run-fixture.ts";

/** Ends what runs of the attempts of a project by KILL, so that nobody knows how it ended. */
export function killAttempts(root: string): void {
  for (const folder of attemptFolders(root)) {
    const begun = readBegun(folder);
    if (typeof begun !== "object") continue;
    const members = sessionMembers(begun).map(({ pid }) => pid);
    // first the one that would record how the others ended
    for (const pid of [begun.pid, ...members].filter((pid) => members.includes(pid))) killOne(pid);
  }
}

function killOne(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // it went with the one before
  }
}
