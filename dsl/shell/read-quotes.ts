import { HOLE, ShellCursor } from "./shell-cursor.ts";
import type { Script } from "./shell-syntax.ts";

/** What the readers of quotes and expansions add to the word that they are a part of. */
export interface WordDraft {
  /** Undefined as soon as the word holds something that only the shell knows. */
  literal: string | undefined;
  /** The offset behind the last `$name`, where a bare value would become a part of the name. */
  variableEnd: number;
  readonly holes: number[];
  readonly scripts: Script[];
}

/** Reads `'...'`. */
export function readSingleQuotes(cursor: ShellCursor, word: WordDraft): void {
  cursor.skip();
  while (cursor.peek() !== "'") {
    if (cursor.ended) throw cursor.syntaxError("a single quote is never closed");
    if (cursor.peek() === HOLE) placeIn(cursor, word, "single");
    else addLiteral(word, cursor.peek());
    cursor.skip();
  }
  cursor.skip();
}

/** Reads `"..."`. */
export function readDoubleQuotes(cursor: ShellCursor, word: WordDraft): void {
  cursor.skip();
  while (cursor.peek() !== '"') {
    if (cursor.ended) throw cursor.syntaxError("a double quote is never closed");
    if (cursor.peek() === HOLE) {
      placeIn(cursor, word, "double");
      cursor.skip();
    } else if (cursor.peek() === "\\") readEscapeInDouble(cursor, word);
    else if (cursor.peek() === "$") readDollar(cursor, word, { inDouble: true });
    else if (cursor.peek() === "`") readBackticks(cursor, word);
    else {
      addLiteral(word, cursor.peek());
      cursor.skip();
    }
  }
  cursor.skip();
}

/** Reads a backslash outside of quotes with the character that it protects. */
export function readEscape(cursor: ShellCursor, word: WordDraft): void {
  const next = escaped(cursor);
  if (next !== "\n") addLiteral(word, next);
  cursor.skip(2);
}

/** Reads what begins with `$`: a variable, `$( )`, `${ }`, `$(( ))`, `$'...'`, or a mere dollar sign. */
export function readDollar(cursor: ShellCursor, word: WordDraft, { inDouble }: { readonly inDouble: boolean }): void {
  const next = cursor.peek(1);
  if (next === HOLE) throw cursor.placeError("dollar", cursor.offset + 1);
  if (cursor.sees("$\\{"))
    throw cursor.syntaxError("$\\{ begins no expansion", "for the shell's own ${NAME}, put the backslash before the $");
  if (cursor.sees("$((")) readArithmetic(cursor, word, 3);
  else if (next === "(") readSubstitution(cursor, word);
  else if (next === "{") readParameter(cursor, word, inDouble);
  else if (next === "[") readUntil(cursor, word, { open: 2, close: "]", place: "arithmetic", name: "$[" });
  else if (next === "'" && !inDouble) readAnsiQuotes(cursor, word);
  else if (next === '"' && !inDouble) cursor.skip();
  else readVariable(cursor, word);
}

/** Reads `$( )`, `<( )` or `>( )`: commands, where the same rules hold again. */
export function readSubstitution(cursor: ShellCursor, word: WordDraft): void {
  cursor.skip(2);
  word.literal = undefined;
  word.scripts.push(cursor.readScript(cursor, [")"]));
  cursor.skip();
}

/** Reads an expression up to `))`; `open` is the length of what opens it. */
export function readArithmetic(cursor: ShellCursor, word: WordDraft, open: number): void {
  cursor.refuseIn("arithmetic", () => {
    cursor.skip(open);
    for (let depth = 0; depth > 0 || !cursor.sees("))"); ) {
      if (cursor.ended) throw cursor.syntaxError("(( is never closed by ))");
      if (cursor.peek() === "(") depth += 1;
      if (cursor.peek() === ")" && --depth < 0)
        throw cursor.syntaxError("(( is not closed by ))", "for two subshells, write ( ( with a blank between");
      readInner(cursor, word, true);
    }
    cursor.skip(2);
  });
  word.literal = undefined;
}

/** Reads `` `...` ``. */
export function readBackticks(cursor: ShellCursor, word: WordDraft): void {
  const start = cursor.offset + 1;
  readUntil(cursor, word, { open: 1, close: "`", place: "backticks", name: "a backtick" });
  const text = cursor.text.slice(start, cursor.offset - 1).replace(/\\([`$\\])/g, "$1");
  const inner = new ShellCursor({ text, names: [], at: cursor.at }, cursor.readScript);
  word.scripts.push(cursor.readScript(inner, []));
}

/** Reads `$name`, `$1`, `$?`, or a dollar sign that is only that. */
function readVariable(cursor: ShellCursor, word: WordDraft): void {
  const text = cursor.text.slice(cursor.offset + 1, cursor.offset + 256);
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9?#@*$!-])/.exec(text)?.[0] ?? "";
  cursor.skip(1 + name.length);
  if (name === "") addLiteral(word, "$");
  else {
    word.literal = undefined;
    word.variableEnd = cursor.offset;
  }
}

function readParameter(cursor: ShellCursor, word: WordDraft, inDouble: boolean): void {
  readUntil(cursor, word, { open: 2, close: "}", place: "parameter", name: "${", inDouble });
}

function readAnsiQuotes(cursor: ShellCursor, word: WordDraft): void {
  cursor.refuseIn("ansi-quotes", () => {
    cursor.skip(2);
    while (cursor.peek() !== "'") {
      if (cursor.ended) throw cursor.syntaxError("$' is never closed");
      if (cursor.peek() === HOLE) throw cursor.placeError("ansi-quotes", cursor.offset);
      cursor.skip(cursor.peek() === "\\" && cursor.peek(1) !== HOLE ? 2 : 1);
    }
    cursor.skip();
  });
  word.literal = undefined;
}

interface Enclosure {
  readonly open: number;
  readonly close: string;
  readonly place: "arithmetic" | "backticks" | "parameter";
  readonly name: string;
  readonly inDouble?: boolean;
}

function readUntil(cursor: ShellCursor, word: WordDraft, { open, close, place, name, inDouble }: Enclosure): void {
  cursor.refuseIn(place, () => {
    cursor.skip(open);
    while (cursor.peek() !== close) {
      if (cursor.ended) throw cursor.syntaxError(`${name} is never closed`);
      readInner(cursor, word, inDouble ?? false);
    }
    cursor.skip();
  });
  word.literal = undefined;
}

/** Reads one piece of an expression, in which quotes and expansions may stand. */
function readInner(cursor: ShellCursor, word: WordDraft, inDouble: boolean): void {
  const next = cursor.peek();
  if (next === HOLE) placeIn(cursor, word, "single");
  if (next === "'") readSingleQuotes(cursor, word);
  else if (next === '"') readDoubleQuotes(cursor, word);
  else if (next === "`") readBackticks(cursor, word);
  else if (next === "$") readDollar(cursor, word, { inDouble });
  else cursor.skip(next === "\\" && escaped(cursor) !== "" ? 2 : 1);
}

function readEscapeInDouble(cursor: ShellCursor, word: WordDraft): void {
  const next = escaped(cursor);
  if (next !== "\n") addLiteral(word, '$`"\\'.includes(next) ? next : `\\${next}`);
  cursor.skip(2);
}

/** The character behind the backslash at the cursor. */
function escaped(cursor: ShellCursor): string {
  const next = cursor.peek(1);
  if (next === "") throw cursor.syntaxError("the text ends in a backslash");
  if (next === HOLE) throw cursor.placeError("backslash", cursor.offset + 1);
  return next;
}

/** Says that the hole at the cursor stands inside quotes. */
function placeIn(cursor: ShellCursor, word: WordDraft, place: "single" | "double"): void {
  const isJoined = place === "double" && cursor.offset === word.variableEnd;
  cursor.place(cursor.offset, isJoined ? { place, beside: "joined" } : { place });
  word.holes.push(cursor.offset);
  word.literal = undefined;
}

function addLiteral(word: WordDraft, text: string): void {
  if (word.literal !== undefined) word.literal += text;
}
