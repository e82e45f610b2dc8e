import stringWidth from "fast-string-width";
import type { PageTable } from "../page/page.ts";
import { inlineTerminal } from "./inline-terminal.ts";
import { narrow, type TerminalFrame, wrap } from "./terminal-frame.ts";

const gap = "  ";

/** Columns beside each other if they fit, else a paragraph a row. */
export function tableLines(frame: TerminalFrame, { columns, rows }: PageTable): readonly string[] {
  const write = (row: PageTable["columns"]): readonly string[] =>
    columns.map((_column, index) => inlineTerminal(frame.colors, row[index] ?? []));
  const head = write(columns);
  const body = rows.map(write);
  const widths = head.map((_cell, index) => Math.max(...[head, ...body].map((row) => stringWidth(row[index] ?? ""))));
  const total = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1);
  if (total > frame.width) return body.flatMap((row) => paragraph(frame, head, row));
  return [head.map(frame.colors.dim), ...body].map((row) =>
    row
      .map((cell, index) => pad(cell, widths[index] ?? 0))
      .join(gap)
      .trimEnd(),
  );
}

function paragraph(
  frame: TerminalFrame,
  head: readonly string[],
  [first = "", ...rest]: readonly string[],
): readonly string[] {
  const cells = rest.flatMap((cell, index) =>
    cell === "" ? [] : wrap(narrow(frame, 2), `${frame.colors.dim(`${head[index + 1]}:`)} ${cell}`),
  );
  return [first, ...cells.map((line) => `  ${line}`)];
}

function pad(cell: string, width: number): string {
  return cell + " ".repeat(Math.max(0, width - stringWidth(cell)));
}
