import { randomUUID } from "node:crypto";
import { constants } from "node:fs";
import { link, lstat, open, readdir, unlink } from "node:fs/promises";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { type Clock, createClock } from "../journal/clock.ts";
import { diskFailed } from "../journal/disk-failure.ts";
import { createFolder, syncFolder } from "../journal/durable-folder.ts";
import { writeNewFile } from "./run-birth.ts";
import type { RunFolder } from "./run-folder.ts";
import { holderState, parseHolder, type RunHolder, thisHolder } from "./run-holder.ts";

/** The right to go on with a run. */
export interface RunHold {
  readonly holder: RunHolder;
  /** The dead process that it was taken over from, if it did not let the run go by itself. */
  readonly takenOverFrom: RunHolder | undefined;
  /** Lets the run go. Doing it twice does no harm. */
  release(): Promise<void>;
}

/** The holds of a run: files 1, 2, 3, ... in `holds/`, of which the highest counts, and `n.released` beside those that ended well. */
interface LastHold {
  readonly number: number;
  readonly file: string;
  readonly released: boolean;
  /** Undefined if the file cannot be read. */
  readonly holder: RunHolder | undefined;
}

/**
 * Takes a run for this process, also from a dead process, but never from a living one.
 *
 * A hold is never removed or replaced: the next one gets the next number, by a link that only one process can create.
 * So there is no moment at which a slow process could take away what a faster one has just taken.
 *
 * @throws {LockstepError} `run-held`, which names the holder; `disk-failed`.
 *
 * @example
 * const hold = await holdRun(await store.find("7k3m"));
 * try {
 *   // open the journal, go on
 * } finally {
 *   await hold.release();
 * }
 */
export async function holdRun(
  folder: RunFolder,
  { clock = createClock() }: { readonly clock?: Clock } = {},
): Promise<RunHold> {
  const holder = thisHolder(clock.now());
  try {
    await createFolder(folder.holdsFolder);
    for (;;) {
      const last = await readLastHold(folder);
      if (last) refuseIfHeld(folder, last);
      const number = (last?.number ?? 0) + 1;
      if (!(await claim(folder, number, holder))) continue;
      const takenOverFrom = last && !last.released ? last.holder : undefined;
      return { holder, takenOverFrom, release: () => release(folder, number) };
    }
  } catch (error) {
    throw error instanceof LockstepError ? error : diskFailed(folder.holdsFolder, error);
  }
}

/** Who holds a run now, as far as can be seen from here; undefined if nobody does. Needs no hold, and changes nothing. */
export async function readRunHolder(folder: RunFolder): Promise<RunHolder | undefined> {
  const last = await readLastHold(folder);
  if (!last?.holder || last.released) return undefined;
  return holderState(last.holder) === "dead" ? undefined : last.holder;
}

function refuseIfHeld(folder: RunFolder, { file, released, holder }: LastHold): void {
  if (released) return;
  const state = holder ? holderState(holder) : "out-of-sight";
  if (state === "dead") return;
  const who = holder
    ? `process ${holder.pid} on ${holder.host} since ${holder.since}`
    : `somebody, but ${file} cannot be read`;
  const message = `run ${folder.id} is held by ${who}`;
  const hint =
    state === "living"
      ? `Wait until it ends, or look on with lockstep log ${folder.id}.`
      : `Whether that process lives cannot be seen from here. Only if it is gone for certain: touch ${file}.released`;
  throw new LockstepError({ code: "run-held", message, hint });
}

async function readLastHold(folder: RunFolder): Promise<LastHold | undefined> {
  const numbers = (await readdir(folder.holdsFolder).catch(noneIfMissing))
    .filter((name) => /^[1-9]\d*$/.test(name))
    .map(Number);
  if (numbers.length === 0) return undefined;
  const number = Math.max(...numbers);
  const file = join(folder.holdsFolder, String(number));
  const released = await lstat(`${file}.released`).then(
    () => true,
    () => false,
  );
  return { number, file, released, holder: await readHold(file) };
}

function noneIfMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === "ENOENT") return [];
  throw error;
}

async function readHold(file: string): Promise<RunHolder | undefined> {
  const handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW);
  try {
    return parseHolder(await handle.readFile("utf8"));
  } finally {
    await handle.close();
  }
}

/** Creates a hold with all its content at once; false if another process was faster. */
async function claim(folder: RunFolder, number: number, holder: RunHolder): Promise<boolean> {
  const draft = join(folder.holdsFolder, `draft-${randomUUID()}`);
  await writeNewFile(draft, `${JSON.stringify({ v: 1, ...holder })}\n`);
  try {
    await link(draft, join(folder.holdsFolder, String(number)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    await unlink(draft);
  }
  try {
    await syncFolder(folder.holdsFolder);
  } catch (error) {
    // nobody will let it go: this process has not got it
    await release(folder, number).catch(() => {});
    throw error;
  }
  return true;
}

async function release(folder: RunFolder, number: number): Promise<void> {
  const file = join(folder.holdsFolder, `${number}.released`);
  try {
    await (
      await open(file, constants.O_WRONLY | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW, 0o600)
    ).close();
  } catch (error) {
    throw diskFailed(file, error);
  }
}
