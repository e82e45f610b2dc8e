import {
  existsSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { attemptFolders, killIfThere } from "../support/run-fixture.ts";
import type { Random } from "./random.ts";

/** What runs of a project's steps: every process that stands in its folder. */
export function processesIn(root: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => folderOf(name) === root)
    .map(Number);
}

/** Ends all of them, as when the machine goes down. */
export async function killAll(root: string): Promise<void> {
  // first those that would record how the others ended
  killWrappers(root);
  for (;;) {
    const left = processesIn(root);
    if (left.length === 0) return;
    for (const pid of left) killIfThere(pid);
    await delay(2);
  }
}

/** Ends the processes that record outcomes, and leaves the commands. */
export function killWrappers(root: string): void {
  for (const pid of processesIn(root)) if (commandLineOf(pid).includes("lockstep-attempt")) killIfThere(pid);
}

/** The attempts of which a process lives, by the names of their folders. */
export function livingAttempts(root: string): readonly string[] {
  const lines = processesIn(root).map(commandLineOf);
  return attemptFolders(root)
    .filter((folder) => lines.some((line) => line.includes(`${folder}\0`) || line.includes(`${folder}/`)))
    .map((folder) => folder.slice(folder.lastIndexOf("/") + 1));
}

/**
 * What a power cut leaves: of the journal what was synced and a part of the rest, of the attempts' files anything. The
 * effects are elsewhere, and stay.
 */
export function losePower(journal: string, root: string, syncedFile: string, random: Random): void {
  const size = existsSync(journal) ? statSync(journal).size : 0;
  const synced = existsSync(syncedFile) ? Math.min(size, Number(readFileSync(syncedFile, "utf8"))) : 0;
  if (size > synced) {
    const end = synced + random.below(size - synced + 1);
    truncateSync(journal, end);
    if (random.chance(0.3)) writeFileSync(journal, Buffer.alloc(size - end), { flag: "a" });
  }
  for (const folder of attemptFolders(root)) {
    const what = random.below(6);
    if (what === 0) rmSync(folder, { recursive: true });
    if (what === 1) rmSync(join(folder, "status"), { force: true });
    if (what === 2 && existsSync(join(folder, "status"))) writeFileSync(join(folder, "status"), " ".repeat(24));
    if (what === 3 && existsSync(join(folder, "begun"))) writeFileSync(join(folder, "begun"), "");
    if (what === 4) rmSync(join(folder, "begun"), { force: true });
  }
}

function folderOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

function commandLineOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "latin1");
  } catch {
    return "";
  }
}
