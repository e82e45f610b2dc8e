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
  return processesOf(new Set([mark])).map(({ entry }) => entry);
}

/** The same for several marks, in one look at the system: each process with the mark that it carries. */
export function processesOf(
  marks: ReadonlySet<string>,
): readonly { readonly entry: ProcessEntry; readonly mark: string }[] {
  if (process.platform !== "linux") return [];
  return listProcesses().flatMap((entry) => {
    if (entry.zombie || entry.pid === process.pid) return [];
    const mark = marksOf(entry.pid).find((carried) => marks.has(carried));
    return mark === undefined ? [] : [{ entry, mark }];
  });
}

/** What a process is called, for a person: the beginning of the name of its program. */
export function processName(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "gone";
  }
}

function marksOf(pid: number): readonly string[] {
  try {
    const variables = readFileSync(`/proc/${pid}/environ`, "latin1").split("\0");
    const found = variables.find((variable) => variable.startsWith(`${markVariable}=`));
    return found?.slice(markVariable.length + 1).split(":") ?? [];
  } catch {
    return [];
  }
}
