import { constants } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { join } from "node:path";
import { syncFolder } from "../journal/durable-folder.ts";
import type { RunFolder } from "./run-folder.ts";

/** What is known of a run before its journal begins. */
export interface RunBirth {
  readonly number: number;
  readonly created: string;
}

/** The file that says when a run was created. */
export const birthName = "run.json";

/** Fills the new, empty folder of a run and puts it on disk. Until one of its two files is there it is no run yet. */
export async function fillRunFolder(folder: RunFolder): Promise<void> {
  for (const inner of [folder.attemptsFolder, folder.inboxFolder, folder.holdsFolder])
    await mkdir(inner, { mode: 0o700 });
  // the journal first: a run that has a birth and no journal is one whose journal was removed
  await writeNewFile(folder.journalFile, "");
  const birth = { v: 1, id: folder.id, number: folder.number, created: folder.created };
  await writeNewFile(join(folder.path, birthName), `${JSON.stringify(birth)}\n`);
  await syncFolder(folder.path);
}

/** When a run was created; a run whose note of it is lost counts as the oldest. */
export async function readRunBirth(path: string): Promise<RunBirth> {
  try {
    const handle = await open(join(path, birthName), constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const { number, created } = JSON.parse(await handle.readFile("utf8")) as Partial<RunBirth>;
      if (Number.isSafeInteger(number) && typeof created === "string") return { number: number as number, created };
    } finally {
      await handle.close();
    }
  } catch {
    // a run must stay reachable whatever happened to this file
  }
  return { number: 0, created: "" };
}

/** Creates a file (0600) that must not be there yet, and puts its content on disk. */
export async function writeNewFile(file: string, content: string): Promise<void> {
  const handle = await open(file, "wx", 0o600);
  try {
    await handle.writeFile(content);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
