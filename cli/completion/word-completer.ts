import { Command, type Option } from "commander";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import { type CommandEntry, commandTable } from "../command-table.ts";
import { openProject } from "../loading/project.ts";
import type { FoundRunbook } from "../loading/runbook-card.ts";
import { indexRunbooks } from "../loading/runbook-finder.ts";
import { parameterWords, runWords, stepWords, valuesOf } from "./completion-words.ts";

/** A word that fits, with what it means. */
export interface Candidate {
  readonly value: string;
  readonly meaning?: string;
}

/** What was typed before the word that is being typed. */
interface TypedLine {
  readonly entry: CommandEntry;
  readonly command: Command;
  /** Words that are neither options nor their values. */
  readonly positionals: readonly string[];
}

/** What fits for the last of these words; they stand after `lockstep`. Imports no runbook whose card is in the cache. */
export async function completeWords(words: readonly string[]): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? "";
  const before = words.slice(0, -1);
  // options of the program itself may stand first
  const at = before.findIndex((word) => !word.startsWith("-"));
  const all = at === -1 ? commandWords() : await wordsFor(before[at] ?? "", before.slice(at + 1), typed);
  return all.filter(({ value }) => value.startsWith(typed));
}

function commandWords(): Candidate[] {
  return [
    ...commandTable.filter(({ hidden }) => !hidden).map(({ name, summary }) => ({ value: name, meaning: summary })),
    { value: "--help" },
    { value: "--version" },
    { value: "--no-color" },
  ];
}

async function wordsFor(name: string, before: readonly string[], typed: string): Promise<readonly Candidate[]> {
  const entry = commandTable.find((candidate) => candidate.name === name);
  if (entry === undefined) return [];
  const command = await definedCommand(entry, before);
  const takesValue = (word: string): Option | undefined =>
    command.options.find((option) => option.required && (option.long === word || option.short === word));
  const positionals = before.filter((word, at) => !word.startsWith("-") && !takesValue(before[at - 1] ?? ""));
  const line = { entry, command, positionals };
  const asked = takesValue(before.at(-1) ?? "");
  if (asked !== undefined) return optionValues(line, asked, typed);
  const [, long, value] = /^(--[^=]+)=(.*)$/.exec(typed) ?? [];
  const inline = command.options.find((option) => option.long === long && long !== undefined);
  if (inline !== undefined)
    return (await optionValues(line, inline, value ?? "")).map((word) => ({ ...word, value: `${long}=${word.value}` }));
  return typed.startsWith("-") ? optionWords(command.options) : argumentWords(line);
}

/** A command with its options; `run` with the parameters of its runbook. */
async function definedCommand(entry: CommandEntry, before: readonly string[]): Promise<Command> {
  const { default: module } = await entry.load();
  const define = async (argv: readonly string[]): Promise<Command> => {
    const command = new Command(entry.name);
    await module.define(command, argv);
    return command;
  };
  // what is not found has no parameters
  return define(before).catch(() => define([]));
}

function optionWords(options: readonly Option[]): readonly Candidate[] {
  const words = options
    .filter(({ hidden, long }) => !hidden && long)
    .map(({ long = "", description }) => ({ value: long, meaning: description }));
  return [...words, { value: "--help", meaning: "show this help" }];
}

async function optionValues(
  { entry: { takes }, positionals: [id = ""] }: TypedLine,
  { long = "", argChoices }: Option,
  typed: string,
): Promise<readonly Candidate[]> {
  if (argChoices !== undefined) return argChoices.map((value) => ({ value }));
  if (long === "--again") return stepWords(id, takes[1] ?? "step");
  if (takes[0] !== "runbook") return [];
  const chosen = (await findRunbooks()).find((runbook) => runbook.id === id);
  if (chosen === undefined) return [];
  if (long === "--param") return parameterWords(chosen, typed);
  if (long === "--env") return chosen.environments.map(({ id, title }) => ({ value: id, meaning: title }));
  const declared = Object.entries(chosen.params).find(([param]) => `--${flagOf(param)}` === long);
  return declared === undefined ? [] : valuesOf(declared[1]).map((value) => ({ value }));
}

async function argumentWords({ entry: { takes }, command, positionals }: TypedLine): Promise<readonly Candidate[]> {
  const known = command.registeredArguments;
  const last = known.at(-1);
  const at = positionals.length < known.length || !last?.variadic ? positionals.length : known.length - 1;
  switch (takes[at]) {
    case undefined:
    case "text":
      return [];
    case "choice":
      return (known[at]?.argChoices ?? []).map((value) => ({ value }));
    case "runbook":
      return (await findRunbooks())
        .filter(({ id }) => !positionals.includes(id))
        .map(({ id, title }) => ({ value: id, meaning: title }));
    case "step":
    case "step-that-asks":
      return positionals.length > at ? [] : stepWords(positionals[0] ?? "", takes[at]);
    default:
      return runWords(takes[at]);
  }
}

async function findRunbooks(): Promise<readonly FoundRunbook[]> {
  return (await indexRunbooks(await openProject())).runbooks;
}
