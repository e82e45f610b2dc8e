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
  ELOOP: "Remove the symbolic link, which is not followed",
  EEXIST: "It belongs to another attempt, and nothing was run",
};

/**
 * The error for a file of a run that could not be written, or read.
 *
 * @param then What to do once the disk is mended; unless given, to resume the run that the file is of.
 */
export function diskFailed(
  file: string,
  cause: unknown,
  { doing = "written", then = `lockstep resume ${runOf(file)}` }: { doing?: "written" | "read"; then?: string } = {},
): LockstepError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const full = isDiskFull(cause);
  return new LockstepError({
    code: "disk-failed",
    message: `${file} could not be ${doing}: ${full ? "the disk is full" : (code ?? message)}`,
    hint: `${full ? "Free some space" : (remedies[code ?? ""] ?? "Mend the disk or its mount")}, then: ${then}`,
    cause,
  });
}

/** The name of the run's folder, in which the file is, or which has the file in its `attempts/` or `holds/`. */
function runOf(file: string): string {
  const [, inner] = /^(.*)\/(?:attempts|holds)(?:\/|$)/.exec(file) ?? [];
  return basename(inner ?? dirname(file));
}
