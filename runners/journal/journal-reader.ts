import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { type JournalLine, splitLine } from "./journal-line.ts";
import { type JournalDamage, parseJournal, type TornTail } from "./journal-parser.ts";

/** A journal that was read. */
export interface ReadJournal<E> {
  readonly lines: JournalLine<E>[];
  /** A half-written last line. It is only reported here; opening the journal for writing cuts it off. */
  readonly torn?: TornTail;
}

/** The outcome of `verifyJournal`; lines count from 1. */
export type JournalVerdict =
  | { readonly ok: true; readonly lines: number; readonly torn?: TornTail }
  | { readonly ok: false; readonly line: number; readonly reason: string; readonly code: JournalDamage["code"] };

/**
 * Reads a journal, checks every line's hash, order and version, and validates every event.
 *
 * @param validate gets the event without what the journal added (`v`, `seq`, `at`, `mono`, `prev`, `self`), and throws if it is none.
 * @throws {LockstepError} `journal-damaged` or `journal-newer`, with the file and the number of the line; `unreadable-file`.
 */
export async function readJournal<E>(
  file: string,
  { validate }: { readonly validate: (value: unknown) => E },
): Promise<ReadJournal<E>> {
  const { lines, torn, damage } = parseJournal(await readBytes(file));
  if (damage) throw damageError(file, damage);
  return { lines: lines.map((line) => validateLine(file, line, validate)), ...(torn && { torn }) };
}

/** Checks a journal as `readJournal` does, except for what its events say; the answer is data, not an error. */
export async function verifyJournal(file: string): Promise<JournalVerdict> {
  const { lines, torn, damage } = parseJournal(await readBytes(file));
  if (damage) return { ok: false, ...damage };
  return { ok: true, lines: lines.length, ...(torn && { torn }) };
}

/** The event of a line, validated, with what the journal added. */
export function validateLine<E>(
  file: string,
  line: JournalLine<object>,
  validate: (value: unknown) => E,
): JournalLine<E> {
  const { event, envelope } = splitLine(line);
  try {
    return { ...validate(event), ...envelope };
  } catch (error) {
    const reason = `it holds no known event: ${error instanceof Error ? error.message : String(error)}`;
    throw damageError(file, { code: "journal-damaged", line: line.seq, reason }, error);
  }
}

/** The error for a journal that cannot be trusted from some line on. */
export function damageError(file: string, { code, line, reason }: JournalDamage, cause?: unknown): LockstepError {
  const hint =
    code === "journal-newer"
      ? "Use the lockstep that wrote it, or a newer one."
      : "Nothing was changed. Restore the file from a backup; without one, find out by hand what the run did, and start a new run.";
  return new LockstepError({ code, message: `${file}, line ${line}: ${reason}`, hint, cause });
}

async function readBytes(file: string): Promise<Buffer> {
  try {
    const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
    try {
      return await handle.readFile();
    } finally {
      await handle.close();
    }
  } catch (cause) {
    throw unreadable(file, cause as NodeJS.ErrnoException);
  }
}

/** The error for a journal that cannot be opened. */
export function unreadable(file: string, cause: NodeJS.ErrnoException): LockstepError {
  if (cause.code === "ELOOP") {
    const hint = "A journal must be a file of its run's own folder.";
    return new LockstepError({
      code: "unreadable-file",
      message: `${file} is a symbolic link, which is not followed`,
      hint,
      cause,
    });
  }
  if (cause.code === "ENOENT") {
    const hint = "Every run has one from its beginning, so it was removed; restore it from a backup.";
    return new LockstepError({ code: "journal-damaged", message: `${file} is missing`, hint, cause });
  }
  const hint = "Check its owner and its mode.";
  return new LockstepError({
    code: "unreadable-file",
    message: `${file} cannot be read (${cause.code ?? cause.message})`,
    hint,
    cause,
  });
}
