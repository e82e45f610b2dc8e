import type { Command, Script, SimpleCommand, Word } from "./shell-syntax.ts";

/** Every simple command of a text in the order of the text, also those inside compounds, functions and `$( )`. */
export function* simpleCommands(script: Script): Generator<SimpleCommand> {
  for (const { pipeline } of script.entries) for (const command of pipeline) yield* commandsOf(command);
}

function* commandsOf(command: Command): Generator<SimpleCommand> {
  if (command.kind === "function") return yield* commandsOf(command.body);
  if (command.kind === "simple") yield command;
  else for (const body of command.bodies) yield* simpleCommands(body);
  for (const word of wordsOf(command)) for (const inner of word.scripts) yield* simpleCommands(inner);
}

function wordsOf(command: Exclude<Command, { kind: "function" }>): readonly Word[] {
  if (command.kind !== "simple") return command.others;
  return [...command.assignments, ...command.words, ...command.others];
}
