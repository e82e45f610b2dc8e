import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";

/** The name of a place where no value may stand. */
export type RefusedPlace =
  | "comment"
  | "heredoc"
  | "backticks"
  | "arithmetic"
  | "parameter"
  | "ansi-quotes"
  | "test"
  | "brace"
  | "tilde"
  | "command-name"
  | "dollar"
  | "backslash"
  | "variable-name"
  | "subscript"
  | "descriptor";

/** Places where a value cannot be written so that it stays one argument, or where it would be read as code. */
export const refusedPlaces: Readonly<Record<RefusedPlace, readonly [where: string, hint: string]>> = {
  comment: ["in a comment", "say it in the step's title or in a note; a command block holds no comments"],
  heredoc: ["in a heredoc", "give the text to the step by stdin, or write it as an argument: printf '%s\\n' ${...}"],
  backticks: ["inside backticks", "write $( ... ), where a value may stand"],
  arithmetic: ["in an arithmetic expression", "compute it in the runbook, or write $(expr ${...} + 1)"],
  parameter: ["inside \\${ }", "write the value outside of the braces, as a word or in quotes of its own"],
  "ansi-quotes": ["inside $'...'", "write it in '...' or \"...\", or as a word without quotes"],
  test: ["inside [[ ]]", 'write [ ... ], with one comparison: [ "$(hostname)" = ${...} ]'],
  brace: ["in a word with braces", "put the braces into quotes, or write the words out"],
  tilde: ["in a word that begins with ~", 'put the value into double quotes: ~/"${...}"'],
  "command-name": ["in the place of the command's name", "write the name out; use choose(...) where it differs"],
  dollar: ["directly after $", "for the character $ itself, put it into single quotes"],
  backslash: ["directly after a backslash", "leave the backslash out; the value is quoted for where it stands"],
  "variable-name": ["in the place of a variable's name", "write the name out"],
  subscript: ["in the subscript of an array", "write the subscript out"],
  descriptor: ["in the place of a file descriptor", "write the number out, or &> ${...} for a file"],
};

/** The error for a value that stands in a refused place. */
export function valuePlaceError(place: RefusedPlace, name: string, at: CallSite | undefined): LockstepError {
  const [where, hint] = refusedPlaces[place];
  return new LockstepError({ code: "shell-value-place", message: `${name} stands ${where}`, hint, at });
}
