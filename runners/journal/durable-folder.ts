import { mkdir, open } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Creates a folder (0700) and what is missing above it, and does not return before their entries are on disk. */
export async function createFolder(path: string): Promise<void> {
  const first = await mkdir(path, { recursive: true, mode: 0o700 }).catch((error: unknown) => reasonOf(path, error));
  if (first === undefined) return;
  const top = dirname(resolve(first));
  let folder = resolve(path);
  while (folder !== top) {
    folder = dirname(folder);
    await syncFolder(folder);
  }
}

/** On a read-only disk Node says that a folder is missing, of the one that it could not create. */
async function reasonOf(path: string, error: unknown): Promise<never> {
  if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  const parent = dirname(resolve(path));
  if (parent !== path) await createFolder(parent);
  throw (await mkdir(path, { mode: 0o700 }).then(
    () => error,
    (real: unknown) => real,
  )) as Error;
}

/** Puts the entries of a folder on disk: what was created, renamed or removed in it. */
export async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, "r");
  try {
    await handle.sync();
  } catch (error) {
    // some file systems cannot sync a folder, and keep its entries in order by other means
    if (!["EINVAL", "ENOTSUP"].includes((error as NodeJS.ErrnoException).code ?? "")) throw error;
  } finally {
    await handle.close();
  }
}
