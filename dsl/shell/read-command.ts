import { readCompound } from "./read-compound.ts";
import { readRedirection, seesRedirection } from "./read-redirection.ts";
import { skipBlanks, skipComment, skipSpace } from "./read-space.ts";
import { endsWord, readWord } from "./read-word.ts";
import { HOLE, type ShellCursor } from "./shell-cursor.ts";
import { keywordAt } from "./shell-keywords.ts";
import type { Command, SimpleCommand, Word } from "./shell-syntax.ts";

/** Reads one command: a simple one, a compound one, or the definition of a function. */
export function readCommand(cursor: ShellCursor): Command {
  const keyword = keywordAt(cursor);
  const compound = readCompound(cursor, keyword);
  if (compound) return readTrailingRedirections(cursor, compound);
  if (keyword === "!")
    throw cursor.syntaxError("! stands inside a pipeline", "it is said of the whole pipeline, at its start");
  if (keyword === "function") return readFunctionKeyword(cursor);
  const command = readSimpleCommand(cursor);
  return seesFunction(cursor, command) ? readFunctionBody(cursor) : command;
}

function readSimpleCommand(cursor: ShellCursor): SimpleCommand {
  const assignments: Word[] = [];
  const words: Word[] = [];
  const others: Word[] = [];
  for (skipBlanks(cursor); !endsCommand(cursor, words); skipBlanks(cursor)) {
    if (seesRedirection(cursor)) {
      others.push(...readRedirection(cursor));
      continue;
    }
    const word = readWord(cursor, seesAssignment(cursor) ? "one" : "any");
    if (words.length === 0 && /^[A-Za-z_][A-Za-z0-9_]*\[[^\]]*$/.test(word.raw))
      throw cursor.syntaxError("[ begins a subscript that is never closed", "put it into quotes");
    const isAssignment = assignmentPattern.test(word.raw) && (words.length === 0 || isDeclaration(words[0]));
    if (isAssignment) others.push(...readAssigned(cursor, word));
    if (isAssignment && words.length === 0) assignments.push(word);
    else if (!isDescriptor(cursor, word)) words.push(word);
  }
  if (cursor.peek() === "#") skipComment(cursor);
  if (assignments.length + words.length + others.length === 0) throw cursor.syntaxError("a command is missing");
  return { kind: "simple", assignments, words, others };
}

/** A subscript may hold anything but `]`. */
const assignmentPattern = /^[A-Za-z_][A-Za-z0-9_]*(?:\[[^\]]*\])?\+?=/;

function seesAssignment(cursor: ShellCursor): boolean {
  return assignmentPattern.test(cursor.text.slice(cursor.offset, cursor.offset + 256));
}

function isDeclaration(word: Word | undefined): boolean {
  return ["declare", "export", "local", "readonly", "typeset"].includes(word?.literal ?? "");
}

/** Reads the elements of `name=( ... )`, and refuses a value in a subscript, which the shell evaluates. */
function readAssigned(cursor: ShellCursor, word: Word): readonly Word[] {
  const subscript = word.raw.slice(0, word.raw.indexOf("="));
  if (subscript.includes(HOLE)) throw cursor.placeError("subscript", word.start + subscript.indexOf(HOLE));
  if (!word.raw.endsWith("=") || cursor.peek() !== "(") return [];
  cursor.skip();
  const elements: Word[] = [];
  for (skipSpace(cursor); cursor.peek() !== ")"; skipSpace(cursor)) {
    if (endsWord(cursor)) throw cursor.syntaxError("the list of an array is never closed");
    const element = readWord(cursor);
    if (/^\[[^\]]*$/.test(element.raw))
      throw cursor.syntaxError("[ begins a subscript that is never closed", "put it into quotes");
    elements.push(element);
  }
  cursor.skip();
  if (!endsWord(cursor)) throw cursor.syntaxError("the list of an array goes on behind its )", "put a blank there");
  return elements;
}

/** True for the digits in `2>file`. */
function isDescriptor(cursor: ShellCursor, word: Word): boolean {
  return seesRedirection(cursor) && !cursor.sees("&") && /^[0-9]+$/.test(word.raw);
}

function endsCommand(cursor: ShellCursor, words: readonly Word[]): boolean {
  if (seesRedirection(cursor)) return false;
  if (cursor.peek() === "(" && words.length !== 1)
    throw cursor.syntaxError("( stands inside a command", "put it into quotes");
  return endsWord(cursor) || cursor.peek() === "#";
}

function readTrailingRedirections<C extends Command>(cursor: ShellCursor, command: C): C {
  const others: Word[] = [];
  for (skipBlanks(cursor); seesRedirection(cursor, { afterDigits: true }); skipBlanks(cursor))
    others.push(...readRedirection(cursor));
  return others.length === 0 || command.kind === "function"
    ? command
    : { ...command, others: [...command.others, ...others] };
}

function seesFunction(cursor: ShellCursor, command: SimpleCommand): boolean {
  if (cursor.peek() !== "(" || command.words.length !== 1) return false;
  if (command.assignments.length + command.others.length > 0)
    throw cursor.syntaxError("( stands inside a command", "put it into quotes");
  const name = command.words[0];
  if (name?.holes[0] !== undefined) throw cursor.placeError("command-name", name.holes[0]);
  return true;
}

function readFunctionKeyword(cursor: ShellCursor): Command {
  cursor.skip("function".length);
  skipBlanks(cursor);
  const name = cursor.refuseIn("command-name", () => readWord(cursor));
  if (name.raw === "") throw cursor.syntaxError("the name of the function is missing");
  skipBlanks(cursor);
  return readFunctionBody(cursor);
}

/** Reads `()`, if it is there, and the command that is the body of the function. */
function readFunctionBody(cursor: ShellCursor): Command {
  if (cursor.peek() === "(") {
    cursor.skip();
    skipBlanks(cursor);
    if (cursor.peek() !== ")") throw cursor.syntaxError("( stands inside a command", "put it into quotes");
    cursor.skip();
  }
  skipSpace(cursor);
  const body = readCompound(cursor, keywordAt(cursor));
  if (!body) throw cursor.syntaxError("the body of the function is missing", "it stands in { } or ( )");
  return { kind: "function", body: readTrailingRedirections(cursor, body) };
}
