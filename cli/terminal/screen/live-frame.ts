import cliTruncate from "cli-truncate";
import fastStringWidth from "fast-string-width";
import { ownLine, withoutColors } from "./own-line.ts";
import { textWidth } from "./wrap-line.ts";

/** Most lines of a live region, however large the window. */
export const tallest = 12;

/** The lines that stand on the screen below the record. */
export type Frame = readonly string[];

/** Nothing stands there. */
export const emptyFrame: Frame = Object.freeze([]);

/** The size of the window, as far as it is known. */
export interface WindowSize {
  readonly columns: number;
  readonly rows: number;
}

/**
 * Cuts a region to what fits: one row a line, the last lines if there are too many, and a row for the cursor. Empty
 * lines at its end are left out: kitty takes them away when its window changes, and then the cursor stands too high.
 */
export function fitFrame(lines: readonly string[], { columns, rows }: WindowSize, ellipsis: string): Frame {
  const height = Math.max(1, Math.min(tallest, rows - 1));
  const frame = lines.map((line) => cutLine(line, textWidth(columns), ellipsis));
  return frame.slice(0, frame.findLastIndex((line) => withoutColors(line).trim() !== "") + 1).slice(-height);
}

/** Whether a window of so many columns wraps a line of it. */
export function isWrapped(frame: Frame, columns: number): boolean {
  return frame.some((line) => fastStringWidth(line) > columns);
}

/** Whether nothing needs to be drawn. */
export function sameFrame(one: Frame, other: Frame): boolean {
  return one.length === other.length && one.every((line, index) => line === other[index]);
}

/**
 * What takes one frame away, adds to the record and draws the next: one write, shown at once where the terminal can.
 * The cursor rests below the region, at the first column.
 */
export function frameChange(old: Frame, record: string, next: Frame): string {
  return `\x1b[?2026h${eraseFrame(old)}${record}${drawFrame(next)}\x1b[?2026l`;
}

/**
 * Goes up a row for each line and never more: nobody knows how wide the window is when this arrives there, and a row
 * too many would be one of the record. A line takes a row at least, at any width; a narrower window may have made more
 * of it, and these stay.
 *
 * There a fresh row is put in, and all below it is erased. A row that is erased where it stands (`CSI 2K`) goes on
 * being the rest of a wrapped one in kitty, and VTE fills it with blanks, which wrap too. Rows that are taken out
 * (`CSI M`) at the top of the window go into the history of GNU screen. And `CSI J` in the top left corner makes tmux
 * copy the screen into its history, so it comes a column further.
 */
function eraseFrame(frame: Frame): string {
  return frame.length === 0 ? "\r" : `\r\x1b[${frame.length}A\x1b[L\x1b[C\x1b[J\r`;
}

function drawFrame(frame: Frame): string {
  return frame.map((line) => `${line}\n`).join("");
}

/** A line takes one row in every terminal, so it is cut by the width that the most generous one gives it. */
function cutLine(line: string, width: number, ellipsis: string): string {
  const text = ownLine(line);
  const surplus = widestWidth(text) - fastStringWidth(text);
  return fastStringWidth(text) + surplus <= width
    ? text
    : cliTruncate(text, Math.max(1, width - surplus), { truncationCharacter: ellipsis });
}

/** Columns of a terminal that draws joined emoji one by one, and all of them two columns wide. */
function widestWidth(text: string): number {
  if (/^[\x20-\x7e\u2500-\u259f\u2026\u00b7]*$/.test(text)) return text.length;
  return Array.from(withoutColors(text)).reduce(
    (columns, char) => columns + (char === "\ufe0f" ? 1 : fastStringWidth(char)),
    0,
  );
}
