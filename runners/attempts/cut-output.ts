import { closeSync, constants, fstatSync, ftruncateSync, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { diskFailed } from "../journal/disk-failure.ts";
import type { AttemptFile } from "./attempt-folder.ts";

/** Bytes from which on a file of output is cut: no step may fill the disk of the machine that others depend on. */
export const largestOutput: number = 1024 ** 3;
/** Bytes at its beginning that are kept. */
const keptHead = 8 * 1024 * 1024;

/**
 * Cuts a file of output that a process is writing: its beginning is kept, a mark says how much is gone at least, and what
 * comes is written behind that.
 *
 * @returns Where what is new begins: the mark, or what the process wrote just before it.
 * @throws LockstepError `disk-failed`
 */
export function cutOutput(folder: string, name: AttemptFile, head: number = keptHead): number {
  const path = join(folder, name);
  try {
    const fd = openSync(path, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
    try {
      const { size } = fstatSync(fd);
      if (size <= head) return size;
      ftruncateSync(fd, head);
      // the process goes on writing meanwhile: what it adds before the cut is gone too, what it adds after stands before the mark
      writeSync(fd, `\n[lockstep cut out at least ${size - head} bytes of output here]\n`);
      return head;
    } finally {
      closeSync(fd);
    }
  } catch (error) {
    throw diskFailed(path, error);
  }
}
