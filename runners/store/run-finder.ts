import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { journalName } from "../journal/journal-writer.ts";
import { birthName, readRunBirth } from "./run-birth.ts";
import { createRunFolder, type RunFolder } from "./run-folder.ts";
import { isRunId } from "./run-id.ts";

/** The run with this id, or the only one whose id begins so; without one, the newest. `runs` is the folder of all. */
export async function findRun(runs: string, idOrPrefix?: string): Promise<RunFolder> {
  // of a program in JavaScript it may be anything; null is not "the newest"
  if (idOrPrefix !== undefined && typeof idOrPrefix !== "string")
    throw unknownRun(`${typeof idOrPrefix} is not the id of a run`, "lockstep runs lists them.");
  const all = await listRuns(runs);
  const asked = idOrPrefix?.toLowerCase();
  const exact = all.find((run) => asked === undefined || run.id === asked);
  if (exact) return exact;
  if (asked === undefined) throw unknownRun("there is no run here", "Start one with lockstep run ID.");
  if (!isRunId(asked))
    throw unknownRun(`${JSON.stringify(idOrPrefix)} is not the id of a run`, "lockstep runs lists them.");
  if (await isLink(join(runs, asked)))
    throw unknownRun(`run ${asked} is a symbolic link, which is not followed`, "Put the folder itself in its place.");
  const matches = all.filter((run) => run.id.startsWith(asked));
  if (matches.length === 1 && matches[0]) return matches[0];
  const ids = all.map((run) => run.id);
  if (matches.length > 1)
    throw unknownRun(
      `several runs begin with ${asked}`,
      `Write more of it: ${matches.map((run) => run.id).join(", ")}.`,
    );
  throw unknownRun(`there is no run ${asked}`, didYouMean(asked, ids, "lockstep runs lists them."));
}

/** All runs in a folder, the newest first. */
export async function listRuns(runs: string): Promise<RunFolder[]> {
  const names = (await namesIn(runs)).filter(isRunId);
  const found = await Promise.all(names.map((name) => readRun(runs, name)));
  return found.filter((run) => run !== undefined).sort(byNewest);
}

function byNewest(a: RunFolder, b: RunFolder): number {
  // two runs created at once may have the same number
  return b.number - a.number || b.created.localeCompare(a.created) || b.id.localeCompare(a.id);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw error;
  }
}

/** The run in a folder of the runs; undefined if that is a link, no folder, or was never completely created. */
async function readRun(runs: string, id: string): Promise<RunFolder | undefined> {
  const path = join(runs, id);
  const isFolder = await lstat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (!isFolder) return undefined;
  // a run whose journal was removed is still listed, so that reading it can say so
  const names = await namesIn(path);
  if (!names.includes(journalName) && !names.includes(birthName)) return undefined;
  return createRunFolder(runs, id, await readRunBirth(path));
}

async function isLink(path: string): Promise<boolean> {
  return lstat(path).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
}

function unknownRun(message: string, hint: string | undefined): LockstepError {
  return new LockstepError({ code: "unknown-run", message, hint });
}
