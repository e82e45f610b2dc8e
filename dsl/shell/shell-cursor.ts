import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { Script } from "./shell-syntax.ts";
import type { HoleStand } from "./shell-template.ts";
import { type RefusedPlace, valuePlaceError } from "./value-place.ts";

/** Stands for a hole in the text that is scanned; no shell text can hold this character itself. */
export const HOLE = "\0";

/** Shell text in which each `HOLE` stands for the value whose name has the same index. */
export interface ShellText {
  readonly text: string;
  readonly names: readonly string[];
  readonly at?: CallSite | undefined;
}

/** A heredoc that was announced, and how its text ends. */
export interface Heredoc {
  readonly delimiter: string;
  readonly stripsTabs: boolean;
}

/**
 * Reads a shell text from left to right, once, and keeps what the readers of words and of commands share.
 *
 * A word may hold commands and a command holds words; the cursor is given `readScript`, so that the two readers
 * need not import each other.
 */
export class ShellCursor {
  readonly text: string;
  readonly at: CallSite | undefined;
  readonly readScript: (cursor: ShellCursor, closers: readonly string[]) => Script;
  /** How each hole stands, by its offset. */
  readonly stands: Map<number, HoleStand> = new Map();
  /** Heredocs whose text begins on the next line. */
  readonly heredocs: Heredoc[] = [];
  offset = 0;
  /** The end of the last comment or heredoc: what follows there must be a new line. */
  lineEnd = -1;
  #refused: RefusedPlace | undefined;
  readonly #names: ReadonlyMap<number, string>;

  constructor(source: ShellText, readScript: (cursor: ShellCursor, closers: readonly string[]) => Script) {
    this.text = source.text;
    this.at = source.at;
    this.readScript = readScript;
    this.#names = new Map(holeOffsets(source.text).map((offset, index) => [offset, source.names[index] ?? "a value"]));
  }

  get ended(): boolean {
    return this.offset >= this.text.length;
  }

  /** The character at the cursor, or "" at the end. */
  peek(ahead = 0): string {
    return this.text.charAt(this.offset + ahead);
  }

  sees(text: string): boolean {
    return this.text.startsWith(text, this.offset);
  }

  skip(count = 1): void {
    this.offset += count;
  }

  /** Reads something in which no value may stand. The outermost such place is the one that errors name. */
  refuseIn<T>(place: RefusedPlace, read: () => T): T {
    const outer = this.#refused;
    this.#refused ??= place;
    const result = read();
    this.#refused = outer;
    return result;
  }

  /** Says how the hole at `offset` stands. */
  place(offset: number, stand: HoleStand): void {
    if (this.#refused) throw this.placeError(this.#refused, offset);
    this.stands.set(offset, stand);
  }

  placeError(place: RefusedPlace, offset: number): LockstepError {
    return valuePlaceError(place, this.nameAt(offset), this.at);
  }

  nameAt(offset: number): string {
    return this.#names.get(offset) ?? "a value";
  }

  syntaxError(message: string, hint?: string): LockstepError {
    return new LockstepError({ code: "shell-syntax", message: `${message}: ${this.#excerpt()}`, hint, at: this.at });
  }

  #excerpt(): string {
    const line = this.text.slice(0, this.offset).split("\n").at(-1) ?? "";
    const rest = this.text.slice(this.offset).split("\n")[0] ?? "";
    return `${line}${rest}`.replaceAll(HOLE, "${...}").trim().slice(0, 80);
  }
}

/** Where the holes of a text are. */
export function holeOffsets(text: string): readonly number[] {
  const offsets: number[] = [];
  for (let offset = text.indexOf(HOLE); offset >= 0; offset = text.indexOf(HOLE, offset + 1)) offsets.push(offset);
  return offsets;
}
