/**
 * Text of a command's output that can do nothing to a terminal: control sequences are taken out, a carriage return
 * keeps what stands after it, tabs become blanks.
 */
export function inertText(line: string): string {
  return afterLastReturn(line.replace(sequences, "")).replace(/\t/g, "    ").replace(controls, "");
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
