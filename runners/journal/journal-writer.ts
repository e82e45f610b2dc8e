import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { type AppendOptions, createAppendQueue } from "./append-queue.ts";
import { type Clock, createClock } from "./clock.ts";
import { diskFailed } from "./disk-failure.ts";
import { createFolder, syncFolder } from "./durable-folder.ts";
import { type JournalEvent, type JournalLine, unsealedLine } from "./journal-line.ts";
import { type ParsedJournal, parseJournal, type TornTail } from "./journal-parser.ts";
import { damageError, unreadable } from "./journal-reader.ts";
import { freeReserve, keepReserve } from "./reserve-file.ts";

/** The name of the journal in the folder of its run. */
export const journalName = "journal.ndjson";

/** The one place from which events get into a journal. */
export interface JournalWriter<E extends JournalEvent> {
  readonly file: string;
  /** A half-written last line that was cut off when the journal was opened; to be told to the person and journaled. */
  readonly torn: TornTail | undefined;
  /** Whether the disk has been full, and the run must stop: the reserve is in use. */
  readonly diskWasFull: boolean;
  /**
   * Appends an event; the order is that of the calls. Resolves with the line as it can be read back.
   *
   * @throws {LockstepError} `disk-failed`. For an `effect` the journal goes on, so that the end of the run can be
   *   written; after any other failure every later append is rejected with the same error.
   */
  append(event: E, options: AppendOptions): Promise<JournalLine<E>>;
  /** Waits for what was appended, and closes the file. */
  close(): Promise<void>;
}

/**
 * Opens the journal of a run for appending, after checking all of it, and cuts a torn last line off. Creates it
 * (0600, in a 0700 folder) if it is missing. Whoever opens a journal must hold its run.
 *
 * @throws {LockstepError} `journal-damaged`, `journal-newer`, `unreadable-file`, `disk-failed`.
 *
 * @example
 * const journal = await openJournal<RunEvent>(run.path);
 * await journal.append({ type: "started", step: "build" }, { sync: true, effect: true });
 * // only now may the step begin
 */
export async function openJournal<E extends JournalEvent>(
  folder: string,
  { clock = createClock() }: { readonly clock?: Clock } = {},
): Promise<JournalWriter<E>> {
  const file = join(folder, journalName);
  const handle = await openFile(folder, file);
  try {
    const parsed = parseJournal(await handle.readFile());
    if (parsed.damage) throw damageError(file, parsed.damage);
    await makeReady(handle, folder, parsed);
    return createWriter(handle, folder, file, parsed, clock);
  } catch (error) {
    await handle.close();
    throw error instanceof LockstepError ? error : diskFailed(file, error);
  }
}

async function openFile(folder: string, file: string): Promise<FileHandle> {
  const { O_RDWR, O_APPEND, O_CREAT, O_NOFOLLOW } = constants;
  try {
    await createFolder(folder);
    return await open(file, O_RDWR | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ELOOP" || code === "EACCES") throw unreadable(file, error as NodeJS.ErrnoException);
    throw diskFailed(file, error);
  }
}

async function makeReady(handle: FileHandle, folder: string, { torn, end }: ParsedJournal): Promise<void> {
  await handle.chmod(0o600);
  if (torn) {
    await handle.truncate(end);
    await handle.datasync();
  }
  await keepReserve(folder);
  await syncFolder(folder);
  await syncFolder(dirname(folder));
}

function createWriter<E extends JournalEvent>(
  handle: FileHandle,
  folder: string,
  file: string,
  { chain, end, torn }: ParsedJournal,
  clock: Clock,
): JournalWriter<E> {
  const queue = createAppendQueue({ handle, file, size: end, chain, freeReserve: () => freeReserve(folder) });
  let closed: Promise<void> | undefined;
  return {
    file,
    torn,
    get diskWasFull() {
      return queue.diskWasFull;
    },
    async append(event, options) {
      if (closed) throw new Error("the journal is closed");
      const text = await queue.append(unsealedLine(event, clock.now(), clock.mono()), options);
      return JSON.parse(text) as JournalLine<E>;
    },
    close() {
      closed ??= queue.drain().then(() => handle.close());
      return closed;
    },
  };
}
