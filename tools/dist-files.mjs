import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { dist, root } from "./paths.mjs";

/**
 * Removes what the last builds left in dist/ and this one did not write. Bundles are kept for a while: a command
 * that was started before the build may still load its chunks.
 */
export function removeStale(bundles, { olderThanMinutes }) {
  const current = new Set(bundles);
  const limit = Date.now() - olderThanMinutes * 60_000;
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    if (isStale(path, current) && statSync(path).mtimeMs <= limit) rmSync(path, { force: true });
  }
}

function isStale(path, current) {
  if (path.endsWith(".d.ts")) return !sourceExists(path);
  return /\.(js|tmp)$/.test(path) && !current.has(path);
}

function sourceExists(declaration) {
  const source = join(root, declaration.slice(dist.length).replace(/\.d\.ts$/, ".ts"));
  return statSync(source, { throwIfNoEntry: false }) !== undefined;
}
