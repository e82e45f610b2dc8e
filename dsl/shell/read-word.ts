import type { WordDraft } from "./read-quotes.ts";
import {
  readBackticks,
  readDollar,
  readDoubleQuotes,
  readEscape,
  readSingleQuotes,
  readSubstitution,
} from "./read-quotes.ts";
import { HOLE, type ShellCursor } from "./shell-cursor.ts";
import type { Word } from "./shell-syntax.ts";
import type { HoleStand } from "./shell-template.ts";

/** What may be read for a word: a list of any length, or exactly one word (the target of a redirection). */
export type WordRole = "any" | "one" | "pattern";

interface OpenWord extends WordDraft {
  readonly start: number;
  /** Holes outside of quotes, with what matters once the whole word is known. */
  readonly bare: { readonly offset: number; readonly isFirst: boolean; readonly isJoined: boolean }[];
  /** How many pieces the word has; a backslash before a new line is none. */
  pieces: number;
  hasBrace: boolean;
  hasBracket: boolean;
  hasTilde: boolean;
}

/** Reads one word with the quotes and expansions in it, and says how the holes in it stand. */
export function readWord(cursor: ShellCursor, role: WordRole = "any"): Word {
  const word = openWord(cursor.offset);
  while (!endsWord(cursor)) readPiece(cursor, word);
  placeBareHoles(cursor, word, role);
  const { start, literal, holes, scripts } = word;
  return { start, end: cursor.offset, raw: cursor.text.slice(start, cursor.offset), literal, holes, scripts };
}

/** True where a word cannot go on. */
export function endsWord(cursor: ShellCursor): boolean {
  if (cursor.sees("<(") || cursor.sees(">(")) return false;
  return cursor.ended || " \t\n;&|<>()".includes(cursor.peek());
}

function openWord(start: number): OpenWord {
  const flags = { hasBrace: false, hasBracket: false, hasTilde: false };
  return { start, literal: "", variableEnd: -1, holes: [], scripts: [], bare: [], pieces: 0, ...flags };
}

function readPiece(cursor: ShellCursor, word: OpenWord): void {
  const next = cursor.peek();
  if (!cursor.sees("\\\n")) word.pieces += 1;
  if (next === HOLE) readBareHole(cursor, word);
  else if (next === "'") readSingleQuotes(cursor, word);
  else if (next === '"') readDoubleQuotes(cursor, word);
  else if (next === "`") readBackticks(cursor, word);
  else if (next === "$") readDollar(cursor, word, { inDouble: false });
  else if (next === "\\") readEscape(cursor, word);
  else if (next === "<" || next === ">") readSubstitution(cursor, word);
  else readBareCharacter(cursor, word, next);
}

function readBareHole(cursor: ShellCursor, word: OpenWord): void {
  const { offset } = cursor;
  word.bare.push({ offset, isFirst: word.pieces === 1, isJoined: offset === word.variableEnd || word.hasBracket });
  word.holes.push(offset);
  word.literal = undefined;
  cursor.skip();
}

function readBareCharacter(cursor: ShellCursor, word: OpenWord, character: string): void {
  if (character === "{" || character === "}") word.hasBrace = true;
  if (character === "[") word.hasBracket = true;
  if (character === "~" && (word.pieces === 1 || "=:".includes(cursor.text.charAt(cursor.offset - 1))))
    word.hasTilde = true;
  if (word.literal !== undefined) word.literal += character;
  cursor.skip();
}

function placeBareHoles(cursor: ShellCursor, word: OpenWord, role: WordRole): void {
  const isWhole = word.pieces === 1 && role === "any";
  const isNumber = opensDescriptor(cursor, word);
  for (const { offset, isFirst, isJoined } of word.bare) {
    if (word.hasBrace) throw cursor.placeError("brace", offset);
    if (word.hasTilde) throw cursor.placeError("tilde", offset);
    const place = isWhole ? "word" : "in-word";
    const isJoinedTo = isJoined || isNumber || role === "pattern";
    const beside = isJoinedTo ? "joined" : besideOf(cursor.text.charAt(offset + 1), isFirst && !isWhole);
    cursor.place(offset, beside === undefined ? { place } : { place, beside });
  }
}

function besideOf(next: string, isStart: boolean): HoleStand["beside"] {
  if (next === "=" || next === "~") return "before-sign";
  return isStart ? "word-start" : undefined;
}

/** Digits directly before `<` or `>` name a file descriptor; a value that has only digits must not. */
function opensDescriptor(cursor: ShellCursor, word: OpenWord): boolean {
  const raw = cursor.text.slice(word.start, cursor.offset).replaceAll(HOLE, "0");
  return "<>".includes(cursor.peek() || " ") && /^[0-9]+$/.test(raw);
}
