import cliTruncate from "cli-truncate";
import fastStringWidth from "fast-string-width";
import { ownLine } from "./own-line.ts";
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

/** A line whose width the terminal sees in another way must not wrap, so wrapping is off meanwhile. */
function drawFrame({ lines }: Frame): string {
  return lines.length === 0 ? "" : `\x1b[?7l${lines.map((line) => `${line}\n`).join("")}\x1b[?7h`;
}

/** The rows that a frame takes now; where old lines are wrapped anew, a narrower window made more of them. */
export function rowsOf({ lines, columns }: Frame, now: WindowNow): number {
  if (!now.reflows || now.columns >= columns) return lines.length;
  return lines.reduce((rows, line) => rows + Math.max(1, Math.ceil(fastStringWidth(line) / now.columns)), 0);
}

function cutLine(line: string, width: number, ellipsis: string): string {
  const text = ownLine(line);
  return fastStringWidth(text) <= width ? text : cliTruncate(text, width, { truncationCharacter: ellipsis });
}
