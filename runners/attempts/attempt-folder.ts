import { closeSync, constants, linkSync, lstatSync, mkdirSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { dirname, join } from "node:path";
import { diskFailed } from "../journal/disk-failure.ts";

/** The files of an attempt. */
export type AttemptFile = "script" | "log" | "out" | "begun" | "status";

const { O_APPEND, O_CREAT, O_EXCL, O_NOFOLLOW, O_RDONLY, O_RDWR, O_WRONLY } = constants;

/** Creates the folder of an attempt; one that exists, also as a symbolic link, is refused. */
export function createAttemptFolder(folder: string): void {
  onDisk(folder, () => {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o700 });
    mkdirSync(folder, { mode: 0o700 });
  });
}

/** Whether there is such a folder; false also for a symbolic link to one. */
export function attemptFolderExists(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/**
 * Creates a file that must not exist, with mode 0600. One that could not be written whole is removed again.
 *
 * @throws LockstepError `disk-failed`; its cause has the code `EEXIST` if the file existed.
 */
export function createAttemptFile(folder: string, name: AttemptFile, text: string): void {
  onDisk(join(folder, name), () => {
    const fd = openSync(join(folder, name), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      writeWhole(fd, Buffer.from(text));
    } catch (error) {
      rmSync(join(folder, name), { force: true });
      throw error;
    } finally {
      closeSync(fd);
    }
  });
}

/** When a file was last written, by the wall clock, in milliseconds; it must exist. */
export function attemptFileTime(folder: string, name: AttemptFile): number {
  return onDisk(join(folder, name), () => lstatSync(join(folder, name)).mtimeMs);
}

/** Bytes of a file; none if it does not exist. */
export function attemptFileSize(folder: string, name: AttemptFile): number {
  return onDisk(join(folder, name), () => lstatSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
}

/** Whether there is such a file, whatever it is. */
export function attemptFileExists(folder: string, name: AttemptFile): boolean {
  return onDisk(join(folder, name), () => lstatSync(join(folder, name), { throwIfNoEntry: false }) !== undefined);
}

/**
 * Creates a file that must not exist, with all that it holds in the moment in which it is there.
 *
 * @throws LockstepError `disk-failed`; its cause has the code `EEXIST` if the file existed.
 */
export function linkAttemptFile(folder: string, name: AttemptFile, text: string): void {
  const draft = `${name}.${process.pid}`;
  onDisk(join(folder, name), () => {
    rmSync(join(folder, draft), { force: true });
    const fd = openSync(join(folder, draft), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600);
    try {
      writeWhole(fd, Buffer.from(text));
    } finally {
      closeSync(fd);
    }
    try {
      linkSync(join(folder, draft), join(folder, name));
    } finally {
      rmSync(join(folder, draft), { force: true });
    }
  });
}

/** Overwrites the first bytes of a file that exists, which needs no room on the disk. */
export function overwriteAttemptFile(folder: string, name: AttemptFile, text: string): void {
  onDisk(join(folder, name), () => {
    const fd = openSync(join(folder, name), O_RDWR | O_NOFOLLOW);
    try {
      writeWhole(fd, Buffer.from(text));
    } finally {
      closeSync(fd);
    }
  });
}

/** Opens a new file that a process writes to; the caller closes the descriptor. */
export function openForAppend(folder: string, name: AttemptFile): number {
  return onDisk(join(folder, name), () =>
    openSync(join(folder, name), O_WRONLY | O_APPEND | O_CREAT | O_EXCL | O_NOFOLLOW, 0o600),
  );
}

/** Opens a file for reading, or undefined if it does not exist; the caller closes the descriptor. */
export function openForReading(folder: string, name: AttemptFile): number | undefined {
  try {
    return openSync(join(folder, name), O_RDONLY | O_NOFOLLOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw diskFailed(join(folder, name), error, { doing: "read" });
  }
}

/** The first 4 kB of a file as text, or undefined if it does not exist. */
export function readAttemptFile(folder: string, name: AttemptFile): string | undefined {
  const fd = openForReading(folder, name);
  if (fd === undefined) return undefined;
  try {
    const buffer = Buffer.alloc(4096);
    return buffer.toString("utf8", 0, readSync(fd, buffer, 0, buffer.length, 0));
  } catch (error) {
    throw diskFailed(join(folder, name), error, { doing: "read" });
  } finally {
    closeSync(fd);
  }
}

/** Runs something that touches the disk; what fails there is an error that a person can mend. */
function onDisk<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    throw diskFailed(path, error);
  }
}

/** Writes all of it: the system may take less at a time. */
export function writeWhole(fd: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(fd, bytes, done);
}
