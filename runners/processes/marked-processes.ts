import { readFileSync } from "node:fs";
import { sha256 } from "../journal/journal-line.ts";
import { listProcesses, type ProcessEntry } from "./process-entry.ts";

/**
 * The variable by which the system remembers who started a process: what leaves its session (`setsid`, a daemon) keeps it.
 * A lockstep that is run by a step adds its own mark, so that both know what is theirs.
 */
export const markVariable = "LOCKSTEP_ATTEMPT";

/** The mark of what has this name, such as the folder of an attempt. */
export function markOf(name: string): string {
  return sha256(name).slice(0, 24);
}

/** The variable for a process that is to carry the mark, and those of lockstep itself. */
export function markedEnvironment(mark: string): Readonly<Record<string, string>> {
  const inherited = process.env[markVariable];
  return { [markVariable]: inherited ? `${inherited}:${mark}` : mark };
}

/**
 * The living processes that carry the mark, wherever they are now. Only Linux tells what a process was started with; those
 * of another user, and those that were started with an environment of their own, are not found.
 */
export function markedProcesses(mark: string): readonly ProcessEntry[] {
  if (process.platform !== "linux") return [];
  return listProcesses().filter(({ pid, zombie }) => !zombie && pid !== process.pid && isMarked(pid, mark));
}

function isMarked(pid: number, mark: string): boolean {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    const found = variables.find((variable) => variable.startsWith(`${markVariable}=`));
    return (
      found
        ?.slice(markVariable.length + 1)
        .split(":")
        .includes(mark) ?? false
    );
  } catch {
    return false;
  }
}
