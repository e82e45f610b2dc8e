import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { nameWords } from "./command-wrappers.ts";
import type { ParsedShell } from "./parse-shell.ts";
import { scriptArguments } from "./script-arguments.ts";
import { HOLE, holeOffsets } from "./shell-cursor.ts";
import type { SimpleCommand, Word } from "./shell-syntax.ts";
import { valuePlaceError } from "./value-place.ts";
import { simpleCommands } from "./walk-commands.ts";

/** What a hole holds: one value, several words, or a command as one value. */
export type HoleNature = "value" | "list" | "script";

interface NamedHole {
  readonly nature: HoleNature;
  readonly name: string;
}

/** Refuses values in places that only the command as a whole tells: its name, its program, a variable's name. */
export function checkValuePlaces(
  parsed: ParsedShell,
  text: string,
  holes: readonly NamedHole[],
  at: CallSite | undefined,
): void {
  if (holes.length === 0) return;
  const byOffset = new Map(holeOffsets(text).map((offset, index) => [offset, holes[index]]));
  for (const [offset, { place }] of parsed.stands) {
    const hole = byOffset.get(offset);
    if (hole?.nature === "list" && place !== "word") throw listPlaceError(hole.name, at);
  }
  for (const command of simpleCommands(parsed.script)) {
    checkNames(command, byOffset, at);
    checkVariableNames(command, byOffset, at);
    checkPrograms(command, byOffset, at);
  }
}

type Holes = ReadonlyMap<number, NamedHole | undefined>;

function checkNames(command: SimpleCommand, holes: Holes, at: CallSite | undefined): void {
  const programs = scriptArguments(command).map(({ word }) => word);
  for (const { word } of nameWords(command.words)) {
    // What `watch` runs is a program, and judged as one.
    if (programs.includes(word)) continue;
    const hole = holesIn(word, holes)[0];
    if (hole) throw valuePlaceError("command-name", hole.name, at);
  }
}

/** Builtins that take the names of variables, and evaluate what stands in a subscript of one. */
const takesVariableNames = [
  "declare",
  "export",
  "getopts",
  "let",
  "local",
  "mapfile",
  "read",
  "readarray",
  "readonly",
  "typeset",
  "unset",
];

function checkVariableNames({ words }: SimpleCommand, holes: Holes, at: CallSite | undefined): void {
  const [name, ...rest] = words;
  if (!takesVariableNames.includes(name?.literal ?? "")) return;
  for (const word of rest) {
    const [variable = ""] = word.raw.split("=");
    const hole = variable.includes(HOLE) && !word.raw.startsWith("-") ? holesIn(word, holes)[0] : undefined;
    if (hole) throw valuePlaceError("variable-name", hole.name, at);
  }
}

function checkPrograms(command: SimpleCommand, holes: Holes, at: CallSite | undefined): void {
  for (const { command: reader, word } of scriptArguments(command)) {
    const hole = holesIn(word, holes).find(({ nature }) => nature !== "script");
    if (hole) throw programError(hole.name, reader, at);
  }
}

function holesIn(word: Word, holes: Holes): readonly NamedHole[] {
  return word.holes.flatMap((offset) => holes.get(offset) ?? []);
}

function programError(name: string, reader: string, at: CallSite | undefined): LockstepError {
  const isSql = ["psql", "mysql", "mariadb"].includes(reader);
  return new LockstepError({
    code: "shell-value-place",
    message: `${name} stands in what ${reader} reads as a program, where its characters would be code again`,
    hint: isSql
      ? `give the value as a variable of ${reader} and the statement by stdin, or write the argument as script(sh\`...\`)`
      : "write the argument as script(sh`...`), with the value inside",
    at,
  });
}

function listPlaceError(name: string, at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-value-place",
    message: `the array ${name} stands where only one word can`,
    hint: "an array is several words: put blanks around it, outside of quotes, or join it to one string",
    at,
  });
}
