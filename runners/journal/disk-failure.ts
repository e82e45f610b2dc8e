import { basename, dirname } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";

/** Whether a write failed because there is no room, on the disk or in the user's quota. */
export function isDiskFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === "ENOSPC" || code === "EDQUOT";
}

const remedies: Readonly<Record<string, string>> = {
  EACCES: "Check its owner and its mode",
  EPERM: "Check its owner and its mode",
  ENOTDIR: "Move away what stands in the place of a folder",
  EROFS: "Make its disk writable",
};

/** The error for a file of a run that could not be written. The run is named by the folder that the file is in. */
export function diskFailed(
  file: string,
  cause: unknown,
  then = `lockstep resume ${basename(dirname(file))}`,
): LockstepError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const full = isDiskFull(cause);
  return new LockstepError({
    code: "disk-failed",
    message: `${file} could not be written: ${full ? "the disk is full" : (code ?? message)}`,
    hint: `${full ? "Free some space" : (remedies[code ?? ""] ?? "Mend the disk or its mount")}, then: ${then}`,
    cause,
  });
}
