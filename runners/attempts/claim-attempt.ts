import { attemptFolderExists, createAttemptFolder } from "./attempt-folder.ts";
import { createBegun, readBegun } from "./begun-record.ts";
import { readStatus } from "./status-record.ts";

/**
 * Sees to it that an attempt that has not begun never begins: a late wrapper finds `begun` and ends.
 *
 * @returns false if it had begun (an empty or torn `begun` counts); true if it never will, also when that was claimed before.
 * @throws LockstepError `disk-failed`.
 */
export async function claimAttempt(folder: string): Promise<boolean> {
  if (!attemptFolderExists(folder)) createAttemptFolder(folder);
  if (createBegun(folder, "claimed")) return true;
  const status = readStatus(folder);
  return readBegun(folder) === "claimed" || (status !== undefined && status.exitCode === undefined);
}
