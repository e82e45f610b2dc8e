import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { lstat, open, unlink } from "node:fs/promises";
import { join } from "node:path";

/** Enough for some hundred events. */
const reserveSize = 64 * 1024;

/**
 * Makes sure that the run has its reserve: space that is given back when the disk is full, so that the last events
 * can still be written. Random bytes, so that no file system stores them as less.
 */
export async function keepReserve(folder: string): Promise<void> {
  const file = join(folder, "reserve");
  if (await hasSize(file, reserveSize)) return;
  const handle = await open(
    file,
    constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC | constants.O_NOFOLLOW,
    0o600,
  );
  try {
    await handle.writeFile(randomBytes(reserveSize));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives the reserve back to the disk; false if it was given back before. */
export async function freeReserve(folder: string): Promise<boolean> {
  try {
    await unlink(join(folder, "reserve"));
    return true;
  } catch {
    return false;
  }
}

async function hasSize(file: string, size: number): Promise<boolean> {
  try {
    const found = await lstat(file);
    return found.isFile() && found.size === size;
  } catch {
    return false;
  }
}
