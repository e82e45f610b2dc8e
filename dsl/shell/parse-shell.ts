import { readCommand } from "./read-command.ts";
import { skipBlanks, skipSpace } from "./read-space.ts";
import { ShellCursor, type ShellText } from "./shell-cursor.ts";
import { keywordAt } from "./shell-keywords.ts";
import type { Command, Entry, Script } from "./shell-syntax.ts";
import type { HoleStand } from "./shell-template.ts";

/** What a shell text says. */
export interface ParsedShell {
  readonly script: Script;
  /** How each hole stands, by its offset. */
  readonly stands: ReadonlyMap<number, HoleStand>;
  /** Ends in a comment or a heredoc, so that nothing may follow on the same line. */
  readonly endsLine: boolean;
}

/**
 * Reads a shell text: which commands it has, and how each hole in it stands.
 *
 * @throws LockstepError `shell-syntax` for text that bash would not read, `shell-value-place` for a hole where a
 * value cannot be written
 */
export function parseShell(source: ShellText): ParsedShell {
  const cursor = new ShellCursor(source, readScript);
  const script = readScript(cursor, []);
  return { script, stands: cursor.stands, endsLine: cursor.lineEnd === source.text.length };
}

/** Reads commands up to one of `closers`, which is left at the cursor, or up to the end. */
function readScript(cursor: ShellCursor, closers: readonly string[]): Script {
  const entries: Entry[] = [];
  for (;;) {
    skipSpace(cursor);
    const closer = closerAt(cursor);
    if (closer === undefined && !cursor.ended) {
      entries.push(readEntry(cursor));
      continue;
    }
    if (closer === undefined ? closers.length > 0 : !closers.includes(closer))
      throw unexpectedEnd(cursor, closer, closers);
    const heredoc = cursor.ended && cursor.heredocs[0];
    if (heredoc) throw cursor.syntaxError(`the heredoc ${heredoc.delimiter} is never closed`);
    return { entries };
  }
}

function readEntry(cursor: ShellCursor): Entry {
  const pipeline = readPipeline(cursor);
  skipBlanks(cursor);
  if (cursor.sees("&&") || cursor.sees("||")) {
    cursor.skip(2);
    expectCommand(cursor);
    return { pipeline, background: false };
  }
  if (cursor.sees(";;") || cursor.sees(";&") || cursor.ended || "\n)".includes(cursor.peek()))
    return { pipeline, background: false };
  const end = cursor.peek();
  if (end !== ";" && end !== "&") throw cursor.syntaxError(`${end} stands where the command should end`);
  cursor.skip();
  return { pipeline, background: end === "&" };
}

function readPipeline(cursor: ShellCursor): readonly Command[] {
  skipPrefixes(cursor);
  const commands = [readCommand(cursor)];
  for (skipBlanks(cursor); cursor.sees("|") && !cursor.sees("||"); skipBlanks(cursor)) {
    cursor.skip(cursor.sees("|&") ? 2 : 1);
    expectCommand(cursor);
    commands.push(readCommand(cursor));
  }
  return commands;
}

/** Skips `!` and `time`, which are said of a whole pipeline. */
function skipPrefixes(cursor: ShellCursor): void {
  for (let prefix = keywordAt(cursor); prefix === "!" || prefix === "time"; prefix = keywordAt(cursor)) {
    cursor.skip(prefix.length);
    skipBlanks(cursor);
    if (prefix === "time" && /^-p\s/.test(cursor.text.slice(cursor.offset, cursor.offset + 3))) cursor.skip(2);
    expectCommand(cursor);
  }
}

function expectCommand(cursor: ShellCursor): void {
  skipSpace(cursor);
  if (cursor.ended || closerAt(cursor) !== undefined) throw cursor.syntaxError("a command is missing at the end");
}

/** The closing token at the cursor, if there is one. */
function closerAt(cursor: ShellCursor): string | undefined {
  const operator = [")", ";;&", ";;", ";&"].find((token) => cursor.sees(token));
  if (operator !== undefined) return operator;
  const keyword = keywordAt(cursor);
  return keyword !== undefined && closingKeywords.has(keyword) ? keyword : undefined;
}

const closingKeywords: ReadonlySet<string> = new Set([
  "then",
  "elif",
  "else",
  "fi",
  "do",
  "done",
  "esac",
  "}",
  "in",
  "]]",
]);

function unexpectedEnd(cursor: ShellCursor, closer: string | undefined, closers: readonly string[]): Error {
  if (closer === undefined) return cursor.syntaxError(`${closers.join(" or ")} is missing`);
  return cursor.syntaxError(`${closer} closes nothing`, "a special character that is meant as itself stands in quotes");
}
