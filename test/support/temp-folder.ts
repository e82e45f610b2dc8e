import { rmSync } from "node:fs";
import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A new folder that is removed when the test's process ends, however that comes about. */
export async function tempFolder(): Promise<string> {
  const path = await realpath(await mkdtemp(join(tmpdir(), "lockstep-test-")));
  process.once("exit", () => rmSync(path, { recursive: true, force: true }));
  return path;
}
