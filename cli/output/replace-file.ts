import { chmod, rename, rm, stat, writeFile } from "node:fs/promises";

/**
 * Who reads the file sees the old content or the new one, and nothing between. Its mode stays what it was. A link in its
 * place is replaced by the file, and one in the place of its draft is not followed.
 */
export async function replaceFile(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`;
  const before = await stat(path).catch(() => undefined);
  await rm(draft, { force: true });
  try {
    await writeFile(draft, text, { flag: "wx", ...(before === undefined ? {} : { mode: 0o600 }) });
    if (before) await chmod(draft, before.mode & 0o777);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}
