import { stripVTControlCharacters } from "node:util";

/** The counts that uvu closes with, or undefined if it never came to that. */
export function readSummary(output) {
  const pattern = /^ {2}Total: {5}(\d+)\n {2}Passed: {4}(\d+)\n {2}Skipped: {3}(\d+)\n {2}Duration: /gm;
  const last = [...stripVTControlCharacters(output).matchAll(pattern)].at(-1);
  if (last === undefined) return undefined;
  const [total, passed, skipped] = last.slice(1).map(Number);
  return { total, passed, skipped, failed: total - passed };
}
