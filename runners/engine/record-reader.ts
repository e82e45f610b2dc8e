import { readdir } from "node:fs/promises";
import type { JournalEvent } from "../events/run-event.ts";
import type { JournalDamage } from "../journal/journal-parser.ts";
import {
  damageError,
  type JournalVerdict,
  type ReadJournal,
  readJournal,
  verifyJournal,
} from "../journal/journal-reader.ts";
import { attemptFolderName } from "../store/attempt-folder-name.ts";
import type { RunFolder } from "../store/run-folder.ts";
import { validateEvent } from "./journal-events.ts";

/**
 * Reads the journal of a run. Whole lines that are gone from its end leave no trace in its hashes, but an attempt is
 * begun only when its `started` is on disk: a folder of one that the journal does not know says that lines are missing.
 *
 * @throws {LockstepError} `journal-damaged`, `journal-newer`, `unreadable-file`.
 */
export async function readRecord(folder: RunFolder): Promise<ReadJournal<JournalEvent>> {
  // listed first: whoever goes on with the run meanwhile writes to the journal first
  const begun = await attemptsOf(folder);
  const journal = await readJournal(folder.journalFile, { validate: validateEvent });
  const damage = damageByLoss(begun, journal.lines);
  if (damage) throw damageError(folder.journalFile, damage);
  return journal;
}

/** Checks the journal of a run as `readRecord` does, except for what its events say; the answer is data, not an error. */
export async function verifyRecord(folder: RunFolder): Promise<JournalVerdict> {
  const begun = await attemptsOf(folder);
  const verdict = await verifyJournal(folder.journalFile);
  if (!verdict.ok) return verdict;
  const { lines } = await readJournal(folder.journalFile, { validate: (event) => event as JournalEvent });
  const damage = damageByLoss(begun, lines);
  return damage ? { ok: false, ...damage } : verdict;
}

async function attemptsOf({ attemptsFolder }: RunFolder): Promise<readonly string[]> {
  const names = await readdir(attemptsFolder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names.filter((name) => /\.[1-9]\d*$/.test(name)).sort();
}

function damageByLoss(begun: readonly string[], events: readonly JournalEvent[]): JournalDamage | undefined {
  const started = new Set(
    events.flatMap((event) => (event.type === "started" ? [attemptFolderName(event.step, event.attempt)] : [])),
  );
  const lost = begun.find((name) => !started.has(name));
  if (lost === undefined) return undefined;
  const reason = `it is missing, and maybe more after it: attempts/${lost} was begun, and the journal does not know of it`;
  return { code: "journal-damaged", line: events.length + 1, reason };
}
