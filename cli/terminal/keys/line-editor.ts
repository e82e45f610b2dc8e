import { inertText } from "../../output/inert-text.ts";
import type { Press } from "./press-parser.ts";

/** A typed line and where the next letter comes. */
export interface EditedLine {
  readonly text: string;
  readonly cursor: number;
}

/** A line that nobody has typed in. */
export const emptyLine: EditedLine = Object.freeze({ text: "", cursor: 0 });

/** Characters that a line may have. */
const longest = 2_000;

/** The line after a key. Keys that edit nothing leave it as it is. */
export function editLine(line: EditedLine, press: Press): EditedLine {
  if (press.kind === "char") return insert(line, press.char);
  if (press.kind === "paste") return insert(line, inertText(press.text.replace(/[\r\n\t]+/g, " ")));
  const { text, cursor } = line;
  switch (press.name) {
    case "space":
      return insert(line, " ");
    case "backspace":
      return cut(line, left(line), cursor);
    case "delete":
      return cut(line, cursor, right(line));
    case "ctrl-u":
      return cut(line, 0, cursor);
    case "ctrl-k":
      return cut(line, cursor, text.length);
    case "ctrl-w":
      return cut(line, text.slice(0, cursor).replace(/\S*\s*$/, "").length, cursor);
    case "left":
      return { text, cursor: left(line) };
    case "right":
      return { text, cursor: right(line) };
    case "home":
    case "ctrl-a":
      return { text, cursor: 0 };
    case "end":
    case "ctrl-e":
      return { text, cursor: text.length };
    default:
      return line;
  }
}

function insert({ text, cursor }: EditedLine, more: string): EditedLine {
  if (text.length + more.length > longest) return { text, cursor };
  return { text: text.slice(0, cursor) + more + text.slice(cursor), cursor: cursor + more.length };
}

function cut({ text }: EditedLine, from: number, to: number): EditedLine {
  return { text: text.slice(0, from) + text.slice(to), cursor: from };
}

/** One character as a person counts: an accent or a joined emoji goes as a whole. */
function left({ text, cursor }: EditedLine): number {
  return cursor - (charactersOf(text.slice(0, cursor)).at(-1)?.length ?? 0);
}

function right({ text, cursor }: EditedLine): number {
  return cursor + (charactersOf(text.slice(cursor))[0]?.length ?? 0);
}

/** The characters of a text as a person counts them. */
export function charactersOf(text: string): string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}
