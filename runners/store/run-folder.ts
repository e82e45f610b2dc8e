import { join } from "node:path";
import { journalName } from "../journal/journal-writer.ts";
import { attemptFolderName } from "./attempt-folder-name.ts";

/** Where everything of a run is kept. */
export interface RunFolder {
  /** Such as `7k3m`. */
  readonly id: string;
  readonly path: string;
  readonly journalFile: string;
  readonly attemptsFolder: string;
  readonly inboxFolder: string;
  /** Where the holds of the run are kept, each in a file of its own. */
  readonly holdsFolder: string;
  /** Counts the runs of a project from 1, in the order of their creation, whatever the clock said. */
  readonly number: number;
  /** When it was created: UTC, ISO 8601; for people. */
  readonly created: string;
  /** The folder of a step's nth attempt (from 1); it is not created here. */
  attemptFolder(step: string, attempt: number): string;
}

/** The folder of a run below the folder of the runs. Touches no disk. */
export function createRunFolder(
  runs: string,
  id: string,
  { number, created }: { readonly number: number; readonly created: string },
): RunFolder {
  const path = join(runs, id);
  const attemptsFolder = join(path, "attempts");
  return Object.freeze({
    id,
    path,
    journalFile: join(path, journalName),
    attemptsFolder,
    inboxFolder: join(path, "inbox"),
    holdsFolder: join(path, "holds"),
    number,
    created,
    attemptFolder: (step: string, attempt: number) => join(attemptsFolder, attemptFolderName(step, attempt)),
  });
}
