import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version of this package, for the journal. */
export const lockstepVersion: string = findVersion(dirname(fileURLToPath(import.meta.url)));

/** The nearest package.json upwards is lockstep's own, from source and from the bundle alike. */
function findVersion(folder: string): string {
  try {
    return (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string }).version;
  } catch {
    const parent = dirname(folder);
    return parent === folder ? "unknown" : findVersion(parent);
  }
}
