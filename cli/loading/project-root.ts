import { statSync } from "node:fs";
import { dirname, join } from "node:path";

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;

/**
 * The nearest folder upward from `start` with `lockstep.config.ts`, `runbooks/` or `package.json`; undefined if
 * there is none. Relative paths of a runbook, its runs and its cache belong to that folder.
 */
export function findProjectRoot(start: string): string | undefined {
  for (let folder = start; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (dirname(folder) === folder) return undefined;
  }
}

function isProject(folder: string): boolean {
  return (
    isFile(join(folder, "lockstep.config.ts")) ||
    isFile(join(folder, "package.json")) ||
    isFolder(join(folder, "runbooks"))
  );
}
