import { visibleCode } from "../safety/clean-text.ts";

/** Text as code in a line: between more backticks than it holds in a row. */
export function codeSpan(text: string, { inTable = false }: { readonly inTable?: boolean } = {}): string {
  const line = visibleCode(text).text.replace(/\s*\n\s*/g, " ");
  if (line.trim() === "") return "";
  const marks = "`".repeat(longestRun(line) + 1);
  const padded = /^`|`$|^ .* $/.test(line) ? ` ${line} ` : line;
  return `${marks}${inTable ? padded.replaceAll("|", "\\|") : padded}${marks}`;
}

/** The length of the longest run of backticks. */
export function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
