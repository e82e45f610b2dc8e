import type { Colors } from "./terminal.ts";

const green = ["ok", "ready", "holds", "armed"];
const red = ["failed", "TRIPPED", "ALERT", "unknown", "does not", "blind"];
const yellow = ["asks", "suspended", "stopped", "undone", "rollback", "rolled back", "skipped"];
const dim = ["|", "running"];

/** Colours say nothing that the word does not: green ok, red failed, yellow what needs a person or was undone. */
export function paintWord(word: string, colors: Colors): string {
  if (green.includes(word) || word.startsWith("ok ")) return colors.green(word);
  if (red.includes(word)) return colors.red(word);
  if (yellow.includes(word)) return colors.yellow(word);
  return dim.includes(word) ? colors.dim(word) : word;
}
