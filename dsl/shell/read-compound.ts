import { readArithmetic } from "./read-quotes.ts";
import { skipBlanks, skipComment, skipSpace } from "./read-space.ts";
import { endsWord, readWord } from "./read-word.ts";
import type { ShellCursor } from "./shell-cursor.ts";
import { keywordAt } from "./shell-keywords.ts";
import type { CompoundCommand, Script, Word } from "./shell-syntax.ts";

/** Reads the compound command that begins at the cursor, or nothing if none does. */
export function readCompound(cursor: ShellCursor, keyword: string | undefined): CompoundCommand | undefined {
  if (cursor.sees("((")) return readArithmeticCommand(cursor);
  if (cursor.peek() === "(") return { kind: "subshell", bodies: [readEnclosed(cursor, "(", ")")], others: [] };
  if (keyword === "{") return current([readEnclosed(cursor, "{", "}")]);
  if (keyword === "if") return readIf(cursor);
  if (keyword === "while" || keyword === "until") return readLoop(cursor, keyword);
  if (keyword === "for" || keyword === "select") return readFor(cursor, keyword);
  if (keyword === "case") return readCase(cursor);
  if (keyword === "[[") return readTest(cursor);
  return undefined;
}

function current(bodies: readonly Script[], others: readonly Word[] = []): CompoundCommand {
  return { kind: "current", bodies, others };
}

function readEnclosed(cursor: ShellCursor, open: string, close: string): Script {
  cursor.skip(open.length);
  return readPart(cursor, [close]);
}

/** Reads commands, of which there must be one, and the keyword that closes them if it is the only one possible. */
function readPart(cursor: ShellCursor, closers: readonly string[]): Script {
  const script = cursor.readScript(cursor, closers);
  if (script.entries.length === 0) throw cursor.syntaxError(`a command is missing before ${closers.join(" or ")}`);
  if (closers.length === 1) cursor.skip(closers[0]?.length);
  return script;
}

function readIf(cursor: ShellCursor): CompoundCommand {
  const bodies: Script[] = [];
  for (let keyword: string | undefined = "if"; keyword !== "fi"; keyword = keywordAt(cursor)) {
    cursor.skip(keyword?.length);
    if (keyword !== "else") bodies.push(readPart(cursor, ["then"]));
    if (keyword === "else") {
      bodies.push(readPart(cursor, ["fi"]));
      return current(bodies);
    }
    bodies.push(readPart(cursor, ["elif", "else", "fi"]));
  }
  cursor.skip("fi".length);
  return current(bodies);
}

function readLoop(cursor: ShellCursor, keyword: string): CompoundCommand {
  cursor.skip(keyword.length);
  return current([readPart(cursor, ["do"]), readPart(cursor, ["done"])]);
}

function readFor(cursor: ShellCursor, keyword: string): CompoundCommand {
  cursor.skip(keyword.length);
  skipBlanks(cursor);
  const words = cursor.sees("((") ? [...readArithmeticCommand(cursor).others] : readForWords(cursor);
  skipBlanks(cursor);
  if (cursor.peek() === ";") cursor.skip();
  skipSpace(cursor);
  if (keywordAt(cursor) !== "do") throw cursor.syntaxError(`do is missing after ${keyword}`);
  cursor.skip("do".length);
  return current([readPart(cursor, ["done"])], words);
}

function readForWords(cursor: ShellCursor): Word[] {
  const name = cursor.refuseIn("variable-name", () => readWord(cursor));
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name.raw))
    throw cursor.syntaxError("the name of the loop's variable is missing");
  const words: Word[] = [];
  skipSpace(cursor);
  if (keywordAt(cursor) !== "in") return words;
  cursor.skip("in".length);
  for (skipBlanks(cursor); !endsWord(cursor) && cursor.peek() !== "#"; skipBlanks(cursor)) words.push(readWord(cursor));
  return words;
}

function readCase(cursor: ShellCursor): CompoundCommand {
  cursor.skip("case".length);
  skipBlanks(cursor);
  const words = [readWord(cursor, "pattern")];
  const bodies: Script[] = [];
  skipSpace(cursor);
  if (keywordAt(cursor) !== "in") throw cursor.syntaxError("in is missing after case");
  cursor.skip("in".length);
  for (skipSpace(cursor); keywordAt(cursor) !== "esac"; skipSpace(cursor)) {
    words.push(...readPatterns(cursor));
    bodies.push(cursor.readScript(cursor, [";;&", ";;", ";&", "esac"]));
    if (keywordAt(cursor) !== "esac") cursor.skip(cursor.sees(";;&") ? 3 : 2);
  }
  cursor.skip("esac".length);
  return current(bodies, words);
}

function readPatterns(cursor: ShellCursor): readonly Word[] {
  if (cursor.peek() === "(") cursor.skip();
  const patterns: Word[] = [];
  for (;;) {
    skipBlanks(cursor);
    const pattern = readWord(cursor, "pattern");
    if (pattern.raw === "") throw cursor.syntaxError("a pattern of case, or esac, is missing");
    patterns.push(pattern);
    skipBlanks(cursor);
    const end = cursor.peek();
    if (end !== "|" && end !== ")") throw cursor.syntaxError(") is missing after a pattern of case");
    cursor.skip();
    if (end === ")") return patterns;
  }
}

/** Reads `[[ ... ]]`; what stands in it are words and operators, not commands. */
function readTest(cursor: ShellCursor): CompoundCommand {
  const words: Word[] = [];
  cursor.refuseIn("test", () => {
    cursor.skip("[[".length);
    while (keywordAt(cursor) !== "]]") {
      if (cursor.ended) throw cursor.syntaxError("[[ is never closed by ]]");
      if (cursor.peek() === "#") skipComment(cursor);
      else if (endsWord(cursor)) cursor.skip();
      else words.push(readWord(cursor));
    }
    cursor.skip("]]".length);
  });
  return current([], words);
}

function readArithmeticCommand(cursor: ShellCursor): CompoundCommand {
  const word = { literal: undefined, variableEnd: -1, holes: [], scripts: [] };
  const start = cursor.offset;
  readArithmetic(cursor, word, 2);
  const raw = cursor.text.slice(start, cursor.offset);
  return current([], [{ start, end: cursor.offset, raw, literal: undefined, holes: [], scripts: word.scripts }]);
}
