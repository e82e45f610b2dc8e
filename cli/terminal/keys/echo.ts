import fastStringWidth from "fast-string-width";
import { charactersOf } from "./line-editor.ts";

/** What a terminal without control sequences is sent so that it shows `next` where it showed `shown`. */
export function echoChange(shown: string, next: string): string {
  const old = charactersOf(shown);
  const same = commonLength(old, charactersOf(next));
  const wiped = old.slice(same).reduce((columns, character) => columns + fastStringWidth(character), 0);
  return "\b \b".repeat(wiped) + charactersOf(next).slice(same).join("");
}

function commonLength(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((character, index) => character !== other[index]);
  return differs === -1 ? Math.min(one.length, other.length) : differs;
}
