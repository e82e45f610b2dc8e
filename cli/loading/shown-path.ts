import { relative } from "node:path";

/** A path as a person reads it: relative to where they are, unless it is outside. */
export function shownPath(file: string, from: string = process.cwd()): string {
  const path = relative(from, file);
  return path === "" || path.startsWith("..") ? file : path;
}
