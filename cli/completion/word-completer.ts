import { Command } from "commander";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import { commandTable } from "../command-table.ts";
import { openProject } from "../loading/project.ts";
import type { FoundRunbook } from "../loading/runbook-card.ts";
import { indexRunbooks } from "../loading/runbook-finder.ts";
import { parameterWords, runWords, stepWords } from "./completion-words.ts";

/** A word that fits, with what it means. */
export interface Candidate {
  readonly value: string;
  readonly meaning?: string;
}

const takesRunbook = ["show", "docs", "graph", "plan", "run"];
const takesRun = ["resume", "rollback", "approve", "log", "report", "verify"];

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
  const positionals = before.filter(
    (word, at) =>
      !word.startsWith("-") &&
      !["-p", "--param", "--env", "--params", "--out", "--format"].includes(before[at - 1] ?? ""),
  );
  const last = before.at(-1);
  if (takesRunbook.includes(name)) {
    const runbooks = await findRunbooks();
    const chosen = runbooks.find(({ id }) => id === positionals[0]);
    if (last === "-p" || last === "--param") return chosen ? parameterWords(chosen, typed) : [];
    if (last === "--env") return chosen?.environments.map(({ id, title }) => ({ value: id, meaning: title })) ?? [];
    if (last === "--format" && name === "graph") return ["mermaid", "dot", "svg", "json"].map((value) => ({ value }));
    if (typed.startsWith("-"))
      return [...(await optionWords(name)), ...(name === "run" && chosen ? flagWords(chosen) : [])];
    if (positionals.length > 0 && name !== "docs") return [];
    return runbooks
      .filter(({ id }) => !positionals.includes(id))
      .map(({ id, title }) => ({ value: id, meaning: title }));
  }
  if (typed.startsWith("-")) return optionWords(name);
  if (name === "completion") return ["bash", "zsh", "fish"].map((value) => ({ value }));
  if (!takesRun.includes(name)) return [];
  if (positionals.length === 0) return runWords(name);
  return positionals.length === 1 && (name === "approve" || name === "log")
    ? stepWords(positionals[0] ?? "", name)
    : [];
}

async function optionWords(name: string): Promise<readonly Candidate[]> {
  const entry = commandTable.find((candidate) => candidate.name === name);
  if (entry === undefined) return [];
  const command = new Command(name);
  await (await entry.load()).default.define(command, []);
  const options = command.options
    .filter(({ hidden, long }) => !hidden && long)
    .map(({ long = "", description }) => ({ value: long, meaning: description }));
  return [...options, { value: "--help", meaning: "show this help" }];
}

function flagWords({ params }: FoundRunbook): readonly Candidate[] {
  return Object.entries(params)
    .filter(([, { type }]) => type !== "secret")
    .map(([name, { meaning }]) => ({ value: `--${flagOf(name)}`, ...(meaning === undefined ? {} : { meaning }) }));
}

async function findRunbooks(): Promise<readonly FoundRunbook[]> {
  return (await indexRunbooks(await openProject())).runbooks;
}
