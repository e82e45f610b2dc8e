import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./paths.mjs";

const inputs = ["dsl", "renderers", "runners", "cli", "runbooks", "tools", "package.json", "package-lock.json"];
const stampFile = join(dist, ".stamp");

/** Whether dist/ was built from exactly the files that are there now. */
export function isFresh() {
  return existsSync(stampFile) && readFileSync(stampFile, "utf8") === fingerprint();
}

/** Begun before the inputs are read: what is saved during a build makes the next one run. */
export const recordBuild = {
  begin() {
    const stamp = fingerprint();
    return { end: () => writeFileSync(stampFile, stamp) };
  },
};

function fingerprint() {
  const hash = createHash("sha256");
  const configs = readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  for (const path of [...inputs, ...configs].flatMap(filesUnder)) {
    const { mtimeMs, size } = statSync(path);
    hash.update(`${path}:${mtimeMs}:${size}\n`);
  }
  return hash.digest("hex");
}

function filesUnder(path) {
  const full = join(root, path);
  if (!existsSync(full)) return [];
  if (!statSync(full).isDirectory()) return [full];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
