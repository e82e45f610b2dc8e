import type { ShellCursor } from "./shell-cursor.ts";

/** The words that are a part of the shell's grammar where a command's name may stand. */
export const shellKeywords: ReadonlySet<string> = new Set(
  "! { } [[ ]] case coproc do done elif else esac fi for function if in select then time until while".split(" "),
);

/** The keyword at the cursor: a whole word, without any quoting. */
export function keywordAt(cursor: ShellCursor): string | undefined {
  const word = /^[a-z!{}[\]]+(?=(?:\\\n)*(?:[\s;&|<>()]|$))/.exec(
    cursor.text.slice(cursor.offset, cursor.offset + 32),
  )?.[0];
  return word !== undefined && shellKeywords.has(word) ? word : undefined;
}
