import { cleanLine } from "../safety/clean-text.ts";

/** A value between double quotes of HTML. */
export function htmlAttribute(text: string): string {
  return cleanLine(text).replace(/[&<>"'`*_[\]\\]/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** Text in a comment of HTML, which it cannot end. */
export function htmlComment(text: string): string {
  return cleanLine(text).replace(/-{2,}|>/g, "-");
}
