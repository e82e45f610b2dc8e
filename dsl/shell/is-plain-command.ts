import { parseShell } from "./parse-shell.ts";
import { HOLE } from "./shell-cursor.ts";
import type { Word } from "./shell-syntax.ts";
import type { ShellTemplate } from "./shell-template.ts";
import { shellTextOf } from "./shell-text.ts";

/**
 * Whether a text is the words of one command, and nothing that the shell which reads it does itself: no operator, no
 * redirection, no variable, no pattern, no `$( )`. Only that can be handed on as the arguments of another command.
 *
 * @example
 * isPlainCommand(templateOf("pg_isready -h db")); // true; of "ls *.log | wc -l": false
 */
export function isPlainCommand<H>(template: ShellTemplate<H>): boolean {
  // a value that stands there is quoted, so it is a word like any other
  const text = shellTextOf(template).text.replaceAll(HOLE, "x");
  const [entry, ...more] = parseShell({ text, names: [] }).script.entries;
  const [command, ...piped] = entry?.pipeline ?? [];
  if (command?.kind !== "simple" || entry?.background || more.length + piped.length > 0) return false;
  const [first] = command.words;
  const isWhole = first?.start === text.search(/\S/) && text.trim().endsWith(command.words.at(-1)?.raw ?? "");
  return isWhole && command.others.length === 0 && command.words.every(isOwnWord);
}

function isOwnWord({ literal, raw }: Word): boolean {
  const unquoted = raw.replace(/'[^']*'|"(?:[^"\\]|\\.)*"|\\./gs, "");
  return literal !== undefined && !/[*?[{]|^~/.test(unquoted);
}
