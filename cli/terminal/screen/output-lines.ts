import type { OutputExcerpt } from "./output-buffer.ts";
import type { Line } from "./screen.ts";
import type { Style } from "./style.ts";
import { wrapLine } from "./wrap-line.ts";

/** The record of a step's output: every line behind the gutter, so that none can pass for a line of lockstep. */
export function outputLines(excerpt: OutputExcerpt, style: Style, logPath?: string): Line[] {
  const { head, leftOut, total, end } = excerpt;
  const where = logPath === undefined ? "" : `: ${logPath}`;
  const between = `${style.marks.ellipsis} ${leftOut} of ${total} lines left out${where}`;
  return [
    ...head.map((line) => behindGutter(line, style)),
    ...(leftOut === 0 ? [] : [{ text: style.dim(between), hang: 2 }]),
    ...end.map((line) => behindGutter(line, style)),
  ];
}

/** The last rows of an output, for the live region. */
export function tailRows(lines: readonly string[], count: number, style: Style, columns: number): string[] {
  if (count <= 0) return [];
  return lines.flatMap((line) => wrapLine(behindGutter(line, style), columns)).slice(-count);
}

function behindGutter(line: string, style: Style): Line {
  const gutter = style.dim(style.marks.gutter);
  return { text: `${gutter}${line}`, hang: gutter };
}
