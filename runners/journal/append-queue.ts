import type { FileHandle } from "node:fs/promises";
import { diskFailed, isDiskFull } from "./disk-failure.ts";
import { type JournalChain, sealLine, type UnsealedLine } from "./journal-line.ts";

/** How surely an event must be kept before `append` resolves. */
export interface AppendOptions {
  /** True: it is on disk (fdatasync). False: the operating system has it, so it outlives this process, not a power cut. */
  readonly sync: boolean;
  /**
   * True for an event that an effect follows, such as a step's `started`. It is refused, and not written, once the
   * disk has been full: what is left of the reserve is for the events that end the run.
   */
  readonly effect?: boolean;
}

interface Entry extends AppendOptions {
  readonly line: UnsealedLine;
  readonly resolve: (text: string) => void;
  readonly reject: (error: Error) => void;
}

/** The end of a file, and what lines up to be written there. */
export interface AppendQueue {
  /** Resolves with the line's text once it is kept as asked. */
  append(line: UnsealedLine, options: AppendOptions): Promise<string>;
  /** Resolves when all that was appended is settled. Never rejects. */
  drain(): Promise<void>;
  /** Whether the disk has been full and the reserve given back. */
  readonly diskWasFull: boolean;
}

/** The file that an append queue writes to, and where it stands. */
export interface AppendQueueInit {
  /** Opened with O_APPEND. */
  readonly handle: FileHandle;
  readonly file: string;
  /** The size of the file, in bytes. */
  readonly size: number;
  readonly chain: JournalChain;
  /** Gives the reserve back; false if there is none. */
  readonly freeReserve: () => Promise<boolean>;
}

/**
 * Writes lines in the order in which they were appended. Those that come while a write is under way share the next
 * write and the next fdatasync (group commit). After a failure nothing is written any more, and all is rejected.
 */
export function createAppendQueue({ handle, file, size, chain, freeReserve }: AppendQueueInit): AppendQueue {
  let waiting: Entry[] = [];
  let running: Promise<void> | undefined;
  let failure: Error | undefined;
  let full: Error | undefined;

  async function run(): Promise<void> {
    // what is appended in the same turn of the event loop shares the first write too
    await Promise.resolve();
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      if (failure) rejectAll(batch, failure);
      else await commit(batch).catch((error: unknown) => fail(batch, error));
    }
    running = undefined;
  }

  async function commit(batch: readonly Entry[]): Promise<void> {
    const written = await write(batch);
    const entries = [...written.keys()];
    const firstSynced = entries.findIndex(({ sync }) => sync);
    const settle = (some: readonly Entry[]): void => {
      for (const entry of some) entry.resolve(written.get(entry) ?? "");
    };
    if (firstSynced === -1) return settle(entries);
    // what follows a synced line waits with it: nobody hears of events in another order than that of the file
    settle(entries.slice(0, firstSynced));
    // after a failed fdatasync nobody knows what is on disk, and a second one may falsely succeed: never try again
    await handle.datasync();
    settle(entries.slice(firstSynced));
  }

  async function write(batch: readonly Entry[]): Promise<Map<Entry, string>> {
    if (full)
      rejectAll(
        batch.filter((entry) => entry.effect),
        full,
      );
    const kept = full ? batch.filter((entry) => !entry.effect) : batch;
    const sealed = seal(kept);
    try {
      await writeFully(sealed.bytes);
    } catch (error) {
      // leave no half line behind; if even this fails, the next one who opens the journal cuts it
      await handle.truncate(size).catch(() => {});
      if (!isDiskFull(error) || !(await freeReserve())) throw error;
      full = diskFailed(file, error);
      return write(kept);
    }
    size += sealed.bytes.length;
    chain = sealed.chain;
    return sealed.texts;
  }

  function seal(batch: readonly Entry[]): { texts: Map<Entry, string>; bytes: Buffer; chain: JournalChain } {
    let end = chain;
    const texts = new Map<Entry, string>();
    for (const entry of batch) {
      const sealed = sealLine(entry.line, end);
      texts.set(entry, sealed.text);
      end = sealed.chain;
    }
    return { texts, chain: end, bytes: Buffer.from([...texts.values()].map((text) => `${text}\n`).join("")) };
  }

  async function writeFully(bytes: Buffer): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      done += (await handle.write(bytes, done)).bytesWritten;
    }
  }

  function fail(batch: readonly Entry[], error: unknown): void {
    failure = diskFailed(file, error);
    rejectAll(batch, failure);
  }

  return {
    get diskWasFull() {
      return full !== undefined;
    },
    append(line, options) {
      return new Promise((resolve, reject) => {
        waiting.push({ ...options, line, resolve, reject });
        running ??= run();
      });
    },
    async drain() {
      await running;
    },
  };
}

/** Rejecting what was already resolved does nothing, so a whole batch can be rejected. */
function rejectAll(entries: readonly Entry[], error: Error): void {
  for (const entry of entries) entry.reject(error);
}
