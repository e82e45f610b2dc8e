import fastStringWidth from "fast-string-width";
import type { Style } from "../screen/style.ts";
import { charactersOf, type EditedLine } from "./line-editor.ts";

/** The part of a line around its caret that fits into `width` columns. */
export function shownLine({ text, cursor }: EditedLine, style: Style, width: number): string {
  const before = fitting(charactersOf(text.slice(0, cursor)).reverse(), width - 1).reverse();
  const room = width - 1 - fastStringWidth(before.join(""));
  const after = fitting(charactersOf(text.slice(cursor)), Math.max(1, room));
  const [under = " ", ...rest] = after;
  return `${before.join("")}${style.caret(under)}${rest.join("")}`;
}

function fitting(characters: readonly string[], width: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += fastStringWidth(character);
    return used > width;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}
