import fastStringWidth from "fast-string-width";
import { wrapAnsi } from "fast-wrap-ansi";
import { openColors, ownLine, withoutColors } from "./own-line.ts";
import type { Line } from "./screen.ts";

/** Lockstep's own lines end here even in a wider window, so that a narrower one does not shred them. */
const widest = 79;

/** Columns for text: one less than the terminal has, since a full row marks it as wrapped. */
export function textWidth(columns: number): number {
  return Math.max(10, Math.min(widest, columns - 1));
}

/** The rows of a line, with a hanging indent. */
export function wrapLine(line: Line, columns: number): string[] {
  const text = ownLine(typeof line === "string" ? line : line.text);
  const width = textWidth(columns);
  if (fastStringWidth(text) <= width) return [text.trimEnd()];
  const hang = hangOf(line, text, width);
  if (isForeign(line) || text.includes(glue)) return wrapBehind(text, hang, width);
  const breakable = text
    .replace(together, glue)
    .replace(/\S+/g, (word) => breakPath(word, width - fastStringWidth(hang)));
  return wrapBehind(breakable, hang, width).map((row) => row.replaceAll(glue, " "));
}

/** Parts a path that fits into no row behind its slashes. Two parts never fit side by side, so each blank ends a row. */
function breakPath(word: string, width: number): string {
  if (fastStringWidth(word) <= width) return word;
  const parts: string[] = [];
  for (const name of word.split(/(?<=\/)/)) {
    if (fastStringWidth(name) > width) return word;
    const joined = `${parts.at(-1) ?? ""}${name}`;
    if (parts.length === 0 || fastStringWidth(joined) > width) parts.push(name);
    else parts[parts.length - 1] = joined;
  }
  return parts.join(" ");
}

/** Blanks at which no line of lockstep is broken: in a duration, in an exit code, behind a dot. */
const together =
  /(?<=\b\d+[hm]) (?=\d\d[ms]\b)|(?<=\bexit) (?=code \d)|(?<=\bexit code) (?=\d)|(?<=\S (?:\x1b\[\d*m)*[·-]) (?=\S)/g;
/** Stands for such a blank; as wide, and in no text. */
const glue = "\ue000";

/** What a step printed is nobody's to keep together. */
function isForeign(line: Line): boolean {
  return typeof line !== "string" && typeof line.hang === "string";
}

/** Wraps a text whose first columns stay where they are, and puts `hang` before every further row. */
function wrapBehind(text: string, hang: string, width: number): string[] {
  const [head, body] = hang === "" ? ["", text] : splitAtColumn(text, fastStringWidth(hang));
  const rows = wrapAnsi(openColors(head) + body, width - fastStringWidth(hang), { trim: false, hard: true }).split(
    "\n",
  );
  return rows.map((row, index) => (index === 0 ? head + row : hang + withoutIndent(row)).replace(endBlanks, "$1"));
}

/** Blanks at the end, also before the end of a colour. */
const endBlanks = / +((?:\x1b\[\d*m)*)$/;

/** The blank at which a line was broken may come to stand at the beginning of the next row. */
function withoutIndent(row: string): string {
  return row.replace(/^((?:\x1b\[\d*m)*) +/, "$1");
}

function hangOf(line: Line, text: string, width: number): string {
  const given = typeof line === "string" ? derivedHang(withoutColors(text)) : line.hang;
  const hang = typeof given === "number" ? " ".repeat(given) : given;
  return fastStringWidth(hang) <= width / 2 ? hang : "  ";
}

/** A gutter goes on; else the column where the value of a label or of a mark begins; else the indentation. */
function derivedHang(text: string): string | number {
  const gutter = /^(?:[│┃|!] )/.exec(text);
  if (gutter !== null) return gutter[0];
  const narrowLabel = /^( +)\S+: /.exec(text);
  if (narrowLabel !== null) return (narrowLabel[1] ?? "").length + 2;
  const label = /^ *\S(?:.{0,22}?\S)?? {2,}(?=\S)/.exec(text);
  if (label !== null) return fastStringWidth(label[0]);
  return /^ */.exec(text)?.[0].length ?? 0;
}

/** Cuts a text in two; the colours before the cut stay in the first part. */
function splitAtColumn(text: string, column: number): [string, string] {
  let width = 0;
  let index = 0;
  for (const [part] of text.matchAll(/\x1b\[\d*m|./gsu)) {
    const wide = part.startsWith("\x1b") ? 0 : fastStringWidth(part);
    if (width + wide > column) break;
    width += wide;
    index += part.length;
  }
  return [text.slice(0, index), text.slice(index)];
}
