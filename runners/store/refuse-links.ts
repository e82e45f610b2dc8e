import { lstat } from "node:fs/promises";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { RunFolder } from "./run-folder.ts";

/**
 * The folders of a run are its own: what is written through a symbolic link would land where nobody looks for it.
 *
 * @throws LockstepError `journal-damaged`
 */
export async function refuseLinks({ path, attemptsFolder, holdsFolder, inboxFolder }: RunFolder): Promise<void> {
  for (const folder of [path, attemptsFolder, holdsFolder, inboxFolder]) {
    const found = await lstat(folder).catch(() => undefined);
    if (!found?.isSymbolicLink()) continue;
    throw new LockstepError({
      code: "journal-damaged",
      message: `${folder} is a symbolic link, which is not followed`,
      hint: "Put the folder itself in its place",
    });
  }
}
