import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { watchChanges } from "./change-watcher.ts";
import { emptyChain, type JournalChain, type JournalLine } from "./journal-line.ts";
import { type ParsedJournal, parseJournal } from "./journal-parser.ts";
import { damageError, unreadable, validateLine } from "./journal-reader.ts";

/** How to follow a journal. */
export interface FollowOptions<E> {
  /** As for `readJournal`. */
  readonly validate: (value: unknown) => E;
  /** Ends the iteration; without it, it goes on until the caller leaves the loop. */
  readonly signal?: AbortSignal;
}

/**
 * All lines of a journal, and then each one that is appended. A line that is only half there is left until it is whole.
 *
 * @throws {LockstepError} as `readJournal` does, when the damaged line is reached.
 */
export async function* followJournal<E>(
  file: string,
  { validate, signal }: FollowOptions<E>,
): AsyncGenerator<JournalLine<E>, void, undefined> {
  let offset = 0;
  let chain = emptyChain;
  const changes = createSignalBox();
  const stop = watchChanges(file, changes.raise);
  signal?.addEventListener("abort", changes.raise);
  try {
    while (!signal?.aborted) {
      const parsed = await parseFrom(file, offset, chain);
      for (const line of parsed.lines) yield validateLine(file, line, validate);
      if (parsed.damage) throw damageError(file, parsed.damage);
      offset += parsed.end;
      chain = parsed.chain;
      await changes.raised();
    }
  } finally {
    stop();
    signal?.removeEventListener("abort", changes.raise);
  }
}

async function parseFrom(file: string, offset: number, chain: JournalChain): Promise<ParsedJournal> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      const bytes = Buffer.alloc(Math.max(0, (await handle.stat()).size - offset));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, offset);
      return parseJournal(bytes.subarray(0, bytesRead), chain);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unreadable(file, cause as NodeJS.ErrnoException);
  }
}

/** Remembers that it was raised while nobody waited, so that no change is missed between two reads. */
function createSignalBox(): { raise: () => void; raised: () => Promise<void> } {
  let wake: (() => void) | undefined;
  let pending = false;
  return {
    raise() {
      pending = true;
      wake?.();
    },
    async raised() {
      if (!pending) await new Promise<void>((resolve) => (wake = resolve));
      pending = false;
      wake = undefined;
    },
  };
}
