import { HOLE, type ShellText } from "./shell-cursor.ts";
import type { ShellPart, ShellTemplate } from "./shell-template.ts";

/** The text of a template with a mark for each of its holes, as the scanner reads it. */
export function shellTextOf<H>(template: ShellTemplate<H>): ShellText {
  const marks = template.parts.map((part) => (typeof part === "string" ? part : HOLE));
  return { text: marks.join(""), names: [] };
}

/** The holes of a template, in the order of the marks. */
export function holesOf<H>(template: ShellTemplate<H>): readonly Exclude<ShellPart<H>, string>[] {
  return template.parts.filter((part) => typeof part !== "string");
}
