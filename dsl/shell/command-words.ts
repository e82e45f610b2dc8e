import { LockstepError } from "../errors/lockstep-error.ts";
import { nameWords } from "./command-wrappers.ts";
import { parseShell } from "./parse-shell.ts";
import { type ScriptArgument, scriptArguments } from "./script-arguments.ts";
import { holeOffsets } from "./shell-cursor.ts";
import type { SimpleCommand } from "./shell-syntax.ts";
import type { ShellPart, ShellTemplate } from "./shell-template.ts";
import { holesOf, shellTextOf } from "./shell-text.ts";
import { simpleCommands } from "./walk-commands.ts";

/**
 * The names of the commands in a text, each once, in the order of the text: also behind `sudo`, `env` and the like,
 * in pipes and `$( )`, and in the program of `bash -c` or `watch`. What runs elsewhere (`ssh`) and a name that is
 * known only later are left out; builtins and POSIX utilities are not (see `posixUtilities`).
 *
 * @example
 * commandWords(template); // of `FOO=1 sudo make x | jq .`: ["sudo", "make", "jq"]
 */
export function commandWords<H>(template: ShellTemplate<H>): readonly string[] {
  const source = shellTextOf(template);
  const holes = holesOf(template);
  const byOffset = new Map(holeOffsets(source.text).map((offset, index) => [offset, holes[index]]));
  const commands = [...simpleCommands(parseShell(source).script)];
  return [...new Set(commands.flatMap((command) => namesIn(command, byOffset)))];
}

type Holes<H> = ReadonlyMap<number, Exclude<ShellPart<H>, string> | undefined>;

function namesIn<H>(command: SimpleCommand, holes: Holes<H>): readonly string[] {
  const programs = scriptArguments(command);
  const names = nameWords(command.words).filter(({ word }) => !programs.some((program) => program.word === word));
  const local = programs.filter(({ isLocalShell }) => isLocalShell);
  return [...names.flatMap(({ word }) => word.literal ?? []), ...namesInPrograms(local, holes)];
}

/** `watch` and `eval` take all their arguments as one program. */
function namesInPrograms<H>(programs: readonly ScriptArgument[], holes: Holes<H>): readonly string[] {
  const inner = programs.flatMap(({ word }) => word.holes.flatMap((offset) => holes.get(offset) ?? []));
  const scripts = inner.flatMap((part) => ("script" in part ? [part.script] : []));
  const literals = programs.map(({ word }) => word.literal);
  const text = literals.some((literal) => literal === undefined) ? "" : literals.join(" ");
  return [...scripts.flatMap((script) => commandWords(script)), ...namesInText(text)];
}

/** What is no shell, such as the program of an unusual shell, has no names. */
function namesInText(text: string): readonly string[] {
  try {
    return commandWords({ parts: [text] });
  } catch (error) {
    if (error instanceof LockstepError) return [];
    throw error;
  }
}
