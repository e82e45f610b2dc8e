import cliTruncate from "cli-truncate";
import fastStringWidth from "fast-string-width";
import { ownLine, withoutColors } from "./own-line.ts";
import { textWidth } from "./wrap-line.ts";

/** Most lines of a live region, however large the window. */
export const tallest = 12;

/** What stands on the screen below the record, and how wide the window was when it was drawn. */
export interface Frame {
  readonly lines: readonly string[];
  readonly columns: number;
}

/** Nothing stands there. */
export const emptyFrame: Frame = Object.freeze({ lines: [], columns: 0 });

/** The size of the window, and whether the terminal wraps old lines anew when that changes. */
export interface WindowNow {
  readonly columns: number;
  readonly rows: number;
  readonly reflows: boolean;
}

/** Cuts a region to what fits: one row a line, the last lines if there are too many, and a row for the cursor. */
export function fitFrame(lines: readonly string[], { columns, rows }: WindowNow, ellipsis: string): Frame {
  const height = Math.max(1, Math.min(tallest, rows - 1));
  return { lines: lines.slice(-height).map((line) => cutLine(line, textWidth(columns), ellipsis)), columns };
}

/** Whether nothing needs to be drawn. */
export function sameFrame(one: Frame, other: Frame): boolean {
  return (
    one.columns === other.columns &&
    one.lines.length === other.lines.length &&
    one.lines.every((line, index) => line === other.lines[index])
  );
}

/**
 * What takes one frame away, adds to the record and draws the next: one write, shown at once where the terminal can.
 * The cursor rests below the region, at the first column.
 */
export function frameChange(old: Frame, record: string, next: Frame, now: WindowNow): string {
  return `\x1b[?2026h${eraseFrame(old, now)}${record}${drawFrame(next)}\x1b[?2026l`;
}

/**
 * Erases row by row. `CSI J` makes tmux copy the screen into its history, and `CSI K` leaves a row marked as wrapped,
 * which tmux joins to its neighbour at the next resize.
 */
function eraseFrame(frame: Frame, now: WindowNow): string {
  return `\r${"\x1b[1A\x1b[2K".repeat(Math.min(rowsOf(frame, now), now.rows - 1))}`;
}

/**
 * Wrapping stays on: a terminal that is narrower already than it told so far wraps the line, and that is what
 * {@link rowsOf} counts when it tells.
 */
function drawFrame({ lines }: Frame): string {
  return lines.map((line) => `${line}\n`).join("");
}

/** The rows that a frame takes now; where old lines are wrapped anew, a narrower window made more of them. */
export function rowsOf({ lines, columns }: Frame, now: WindowNow): number {
  if (!now.reflows || now.columns >= columns) return lines.length;
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(fastStringWidth(line) / now.columns)), 0);
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
