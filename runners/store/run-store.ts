import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, createClock } from "../journal/clock.ts";
import { diskFailed } from "../journal/disk-failure.ts";
import { createFolder, syncFolder } from "../journal/durable-folder.ts";
import { fillRunFolder, writeNewFile } from "./run-birth.ts";
import { findRun, listRuns } from "./run-finder.ts";
import { createRunFolder, type RunFolder } from "./run-folder.ts";
import { createRunId } from "./run-id.ts";

/** The runs of a project, in `.lockstep/runs/`. */
export interface RunStore {
  /** `.lockstep/runs` of the project. */
  readonly path: string;
  /**
   * Creates the folder of a new run; when this resolves, it is on disk.
   *
   * @throws {LockstepError} `disk-failed`.
   */
  create(): Promise<RunFolder>;
  /**
   * The run with this id, or the only one whose id begins so; without one, the newest.
   *
   * @throws {LockstepError} `unknown-run`.
   */
  find(idOrPrefix?: string): Promise<RunFolder>;
  /** All runs, the newest first. */
  list(): Promise<RunFolder[]>;
}

/** For tests: another clock, ids that are not random. */
export interface RunStoreOptions {
  readonly clock?: Clock;
  readonly createId?: (length: number) => string;
}

/** The runs of the project whose folder is `root`. Touches no disk until a run is created. */
export function openRunStore(
  root: string,
  { clock = createClock(), createId = createRunId }: RunStoreOptions = {},
): RunStore {
  const path = join(root, ".lockstep", "runs");
  return Object.freeze({
    path,
    create: () => createRun(root, path, clock, createId),
    find: (idOrPrefix?: string) => findRun(path, idOrPrefix),
    list: () => listRuns(path),
  });
}

async function createRun(
  root: string,
  runs: string,
  clock: Clock,
  createId: (length: number) => string,
): Promise<RunFolder> {
  try {
    await createFolder(runs);
    await keepOutOfGit(join(root, ".lockstep"));
    const number = Math.max(0, ...(await listRuns(runs)).map((run) => run.number)) + 1;
    const id = await claimId(runs, createId);
    const folder = createRunFolder(runs, id, { number, created: clock.now().toISOString() });
    await fillRunFolder(folder);
    await syncFolder(runs);
    return folder;
  } catch (error) {
    throw diskFailed(runs, error, { then: "run it again; nothing of it has begun" });
  }
}

/** Journals hold what commands printed; nobody means to commit that. */
async function keepOutOfGit(folder: string): Promise<void> {
  try {
    await writeNewFile(join(folder, ".gitignore"), "*\n");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
}

async function claimId(runs: string, createId: (length: number) => string): Promise<string> {
  for (let attempt = 0; ; attempt += 1) {
    // a space in which ten ids in a row are taken is nearly full
    const id = createId(4 + Math.floor(attempt / 10));
    try {
      await mkdir(join(runs, id), { mode: 0o700 });
      return id;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
  }
}
