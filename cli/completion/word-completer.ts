import { Command, type Option } from "commander";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import { commandTable } from "../command-table.ts";
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
  readonly name: string;
  readonly options: readonly Option[];
  /** Words that are neither options nor their values. */
  readonly positionals: readonly string[];
}

const takesRunbook = ["show", "docs", "graph", "plan", "run"];
const takesRun = ["resume", "rollback", "approve", "log", "report", "verify"];
const takesStep = ["approve", "log"];

/** What fits for the last of these words; they stand after `lockstep`. Imports no runbook whose card is in the cache. */
export async function completeWords(words: readonly string[]): Promise<readonly Candidate[]> {
  const typed = words.at(-1) ?? "";
  const [name, ...before] = words.slice(0, -1);
  const all = name === undefined ? commandWords() : await wordsFor(name, before, typed);
  return all.filter(({ value }) => value.startsWith(typed));
}

function commandWords(): Candidate[] {
  return [
    ...commandTable.filter(({ hidden }) => !hidden).map(({ name, summary }) => ({ value: name, meaning: summary })),
    { value: "--help" },
    { value: "--version" },
  ];
}

async function wordsFor(name: string, before: readonly string[], typed: string): Promise<readonly Candidate[]> {
  const options = await optionsOf(name, before);
  const takesValue = (word: string): Option | undefined =>
    options.find((option) => option.required && (option.long === word || option.short === word));
  const positionals = before.filter((word, at) => !word.startsWith("-") && !takesValue(before[at - 1] ?? ""));
  const line = { name, options, positionals };
  const asked = takesValue(before.at(-1) ?? "");
  if (asked !== undefined) return optionValues(line, asked, typed);
  const [, long, value] = /^(--[^=]+)=(.*)$/.exec(typed) ?? [];
  const inline = options.find((option) => option.long === long && long !== undefined);
  if (inline !== undefined)
    return (await optionValues(line, inline, value ?? "")).map((word) => ({ ...word, value: `${long}=${word.value}` }));
  return typed.startsWith("-") ? optionWords(options) : argumentWords(line);
}

/** The options of a command; those of `run` with the parameters of its runbook. */
async function optionsOf(name: string, before: readonly string[]): Promise<readonly Option[]> {
  const entry = commandTable.find((candidate) => candidate.name === name);
  if (entry === undefined) return [];
  const { default: module } = await entry.load();
  const define = async (argv: readonly string[]): Promise<readonly Option[]> => {
    const command = new Command(name);
    await module.define(command, argv);
    return command.options;
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
  { name, positionals: [id = ""] }: TypedLine,
  { long = "" }: Option,
  typed: string,
): Promise<readonly Candidate[]> {
  if (long === "--format") return ["mermaid", "dot", "svg", "json"].map((value) => ({ value }));
  if (long === "--found") return ["there", "missing", "partly"].map((value) => ({ value }));
  if (long === "--dry-run") return [{ value: "read" }];
  if (long === "--again" && takesRun.includes(name)) return stepWords(id, name);
  if (!takesRunbook.includes(name)) return [];
  const chosen = (await findRunbooks()).find((runbook) => runbook.id === id);
  if (chosen === undefined) return [];
  if (long === "--param") return parameterWords(chosen, typed);
  if (long === "--env") return chosen.environments.map(({ id, title }) => ({ value: id, meaning: title }));
  const declared = Object.entries(chosen.params).find(([param]) => `--${flagOf(param)}` === long);
  return declared === undefined ? [] : valuesOf(declared[1]).map((value) => ({ value }));
}

async function argumentWords({ name, positionals }: TypedLine): Promise<readonly Candidate[]> {
  const [first, ...more] = positionals;
  if (name === "completion") return ["bash", "zsh", "fish"].map((value) => ({ value }));
  if (takesRunbook.includes(name) && (first === undefined || name === "docs"))
    return (await findRunbooks())
      .filter(({ id }) => !positionals.includes(id))
      .map(({ id, title }) => ({ value: id, meaning: title }));
  if (takesRun.includes(name) && first === undefined) return runWords(name);
  return takesStep.includes(name) && first !== undefined && more.length === 0 ? stepWords(first, name) : [];
}

async function findRunbooks(): Promise<readonly FoundRunbook[]> {
  return (await indexRunbooks(await openProject())).runbooks;
}
