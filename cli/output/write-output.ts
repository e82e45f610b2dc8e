import { mkdir, realpath, stat, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { replaceFile } from "./replace-file.ts";

/**
 * Writes what a command was told to write to a file, as `>` would: through a link, into a pipe or a terminal. A file is
 * replaced as a whole.
 *
 * @param typed What was typed for the path.
 * @throws {LockstepError} `bad-argument` for a folder.
 */
export async function writeOutput(path: string, text: string, typed: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory())
    throw new LockstepError({
      code: "bad-argument",
      message: `${typed} is a folder`,
      hint: `Name a file in it: --out ${typed.replace(/\/+$/, "")}/RUN.md`,
    });
  if (found && !found.isFile()) return writeFile(path, text);
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(found ? await realpath(path) : path, text);
}
