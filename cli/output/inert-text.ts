import { visibleCode } from "../../renderers/safety/clean-text.ts";

/** Words on one line that can do nothing to a terminal: control sequences are taken out, tabs become blanks. */
export function inertText(line: string): string {
  return line.replace(sequences, "").replace(/\t/g, "    ").replace(controls, "");
}

/** A line of a command's output: the same, and a carriage return keeps what stands after it, as a progress bar does. */
export function inertOutput(line: string): string {
  return inertText(afterLastReturn(line.replace(sequences, "")));
}

/** A line of a command that is shown: nothing of it is left out, what would steer a terminal is named as `<U+001B>`. */
export function inertCommand(line: string): string {
  return visibleCode(line).text.replace(/\t/g, "    ");
}

/** The same for several lines. */
export function inertLines(text: string): string {
  return text.split("\n").map(inertText).join("\n");
}

/** CSI, OSC and the other strings up to their end, two-character escapes. */
const sequences =
  /\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]|\x9b[0-?]*[ -/]*[@-~]/g;

/** Also the bidirectional overrides, which can make one command look like another. */
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

function afterLastReturn(line: string): string {
  const parts = line.replace(/\r+$/, "").split("\r");
  return parts.at(-1) ?? "";
}
