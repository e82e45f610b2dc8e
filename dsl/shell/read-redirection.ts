import { skipBlanks } from "./read-space.ts";
import { readWord } from "./read-word.ts";
import { HOLE, type ShellCursor } from "./shell-cursor.ts";
import type { Word } from "./shell-syntax.ts";

const operators = ["&>>", "&>", "<<<", "<<-", "<<", "<&", "<>", ">>", ">&", ">|", "<", ">"];

const placeholderHint =
  "what a person would fill in is a parameter: ${p.name}; for redirections, put a blank before each: <in >out";

/** True where a redirection begins; after a compound command its descriptor may stand before it. */
export function seesRedirection(
  cursor: ShellCursor,
  { afterDigits = false }: { readonly afterDigits?: boolean } = {},
): boolean {
  if (cursor.sees("<(") || cursor.sees(">(")) return false;
  if (afterDigits && /^[0-9]+[<>]/.test(cursor.text.slice(cursor.offset, cursor.offset + 8))) return true;
  return "<>".includes(cursor.peek() || " ") || cursor.sees("&>");
}

/** Reads one redirection and gives the words in it: none for a heredoc, whose text begins on the next line. */
export function readRedirection(cursor: ShellCursor): readonly Word[] {
  while (/[0-9]/.test(cursor.peek())) cursor.skip();
  const operator = operators.find((candidate) => cursor.sees(candidate)) ?? "";
  cursor.skip(operator.length);
  skipBlanks(cursor);
  if (operator.endsWith("&") && cursor.peek() === HOLE) throw cursor.placeError("descriptor", cursor.offset);
  if (operator === "<<" || operator === "<<-") return readHeredocDelimiter(cursor, operator === "<<-");
  const target = cursor.peek() === "#" ? undefined : readWord(cursor, "one");
  if (!target?.raw || namesDescriptor(cursor, target))
    throw cursor.syntaxError(`what ${operator} goes to is missing`, placeholderHint);
  if (
    operator === "<" &&
    /^[A-Za-z][\w-]*$/.test(target.raw) &&
    /^>(?:\s|$)/.test(cursor.text.slice(cursor.offset, cursor.offset + 2))
  )
    throw cursor.syntaxError(`<${target.raw}> reads one file and writes another`, placeholderHint);
  return [target];
}

/** True for the digits in `> 2<file`: they belong to the redirection that follows. */
function namesDescriptor(cursor: ShellCursor, { raw }: Word): boolean {
  return /^[0-9]+$/.test(raw) && "<>".includes(cursor.peek() || " ");
}

function readHeredocDelimiter(cursor: ShellCursor, stripsTabs: boolean): readonly Word[] {
  const delimiter = cursor.peek() === "#" ? undefined : cursor.refuseIn("heredoc", () => readWord(cursor, "one"));
  if (!delimiter?.raw) throw cursor.syntaxError("the delimiter of the heredoc is missing");
  cursor.heredocs.push({ delimiter: delimiter.literal ?? delimiter.raw, stripsTabs });
  return [];
}
