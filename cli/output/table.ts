import cliTruncate from "cli-truncate";
import fastStringWidth from "fast-string-width";
import { narrow } from "../terminal/session/fact-line.ts";
import { inertText } from "./inert-text.ts";

/** Cells as text; in columns that are named in `right` they stand at the right. */
export interface TableOptions {
  readonly indent?: string;
  readonly right?: readonly number[];
  /** Columns of the terminal; undefined in a pipe, where nothing is cut. */
  readonly width?: number | undefined;
  /** In a narrow window the last cell of a row stands below the others, where more of it has room. */
  readonly lastBelow?: boolean;
}

/** Rows in columns two blanks apart. A line that is wider than the terminal ends in `...`. */
export function renderTable(
  given: readonly (readonly string[])[],
  { indent = "", right = [], width, lastBelow = false }: TableOptions = {},
): string {
  const cells = given.map((row) => row.map((cell) => inertText(cell.replaceAll("\n", " "))));
  const isSplit = lastBelow && width !== undefined && width < narrow;
  const rows = isSplit ? cells.map((row) => row.slice(0, -1)) : cells;
  const columns = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: columns }, (_, column) =>
    Math.max(0, ...rows.map((row) => fastStringWidth(row[column] ?? ""))),
  );
  const lines = rows.map(
    (row) => indent + row.map((cell, column) => pad(cell, widths[column] ?? 0, right.includes(column))).join("  "),
  );
  const below = rows.map((_, index) => (isSplit ? (cells[index]?.at(-1) ?? "") : ""));
  return lines
    .flatMap((line, index) => [line.trimEnd(), ...(below[index] ? [`${indent}    ${below[index]}`] : [])])
    .map((line) => `${cut(line, width)}\n`)
    .join("");
}

/** Cuts a line at the width of the terminal. */
export function cut(line: string, width: number | undefined): string {
  if (width === undefined || fastStringWidth(line) <= width) return line;
  return cliTruncate(line, width, { truncationCharacter: "..." });
}

function pad(cell: string, width: number, right: boolean): string {
  const blanks = " ".repeat(Math.max(0, width - fastStringWidth(cell)));
  return right ? blanks + cell : cell + blanks;
}
