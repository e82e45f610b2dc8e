import { existsSync } from "node:fs";
import { mkdir, unlink } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { quoteWord } from "../../dsl/shell/quote-word.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import { findDifferences, type PageDifference } from "../docs/page-differences.ts";
import { type Page, renderPages } from "../docs/page-set.ts";
import { requireTaken } from "../docs/page-values.ts";
import { openProject, type Project } from "../loading/project.ts";
import { findRunbook, indexRunbooks } from "../loading/runbook-finder.ts";
import { shownPath } from "../loading/shown-path.ts";
import { inertLines, inertText } from "../output/inert-text.ts";
import { replaceFile } from "../output/replace-file.ts";
import { addValueOptions, type ValueOptions } from "../params/value-options.ts";
import type { CommandModule } from "./command-module.ts";

interface DocsOptions extends ValueOptions {
  readonly out?: string;
  readonly stdout?: boolean;
  readonly check?: boolean;
  readonly json?: boolean;
}

/** Lines of a difference that are shown; the rest is counted. */
const shownLines = 20;

const docsCommand: CommandModule = {
  about:
    "Writes a Markdown page for each runbook, and an index, to the docs folder of lockstep.config.ts (docs/runbooks unless it says another). A page that did not change is not touched; one whose runbook is gone is removed.",
  examples: [
    "lockstep docs",
    "lockstep docs --check",
    "lockstep docs --check --json | jq -r '.differences[].page'",
    "lockstep docs hello --stdout",
    "lockstep docs deploy -p version=v1.2.3 --out site",
  ],
  define(command) {
    command.argument("[ID...]", "only these: ids of runbooks, or paths of their files");
    addValueOptions(command)
      .option("--out <DIR>", "another folder")
      .option("--stdout", "print the pages, write nothing")
      .option("--check", "write nothing; exit code 5 if a page is out of date, missing or left over")
      .option("--json", "with --check: what differs, as JSON")
      .action(async (ids: string[], options: DocsOptions) => {
        if (options.json && !options.check) throw onlyWithCheck();
        if (options.stdout && options.check) throw printsOrChecks();
        const project = await openProject();
        const { runbooks, failures } = await indexRunbooks(project);
        const wanted =
          ids.length === 0 ? runbooks : await Promise.all(ids.map(async (id) => (await findRunbook(id)).found));
        if (failures[0] && ids.length === 0) throw failures[0].error;
        requireTaken(wanted, options);
        const out = options.out === undefined ? resolve(project.root, project.settings.docs) : resolve(options.out);
        const whole = ids.length === 0;
        // pages of an earlier time are still to be removed
        if (wanted.length === 0 && !existsSync(out)) throw noRunbooks(project);
        const pages = await renderPages({
          project,
          all: runbooks,
          wanted,
          out,
          values: options,
          index: whole && !options.stdout,
        });
        if (options.stdout) return void process.stdout.write(pages.map(({ text }) => text).join("\n"));
        const differences = await findDifferences(pages, whole ? out : undefined);
        if (options.json) process.stdout.write(asJson(differences, pages.length));
        if (options.check) return report(differences, pages.length, { ids, options });
        const foreign = foreignWords(differences);
        if (foreign !== undefined) throw notOurs(foreign);
        await write(pages, differences);
      });
  },
};

export default docsCommand;

/** An index of nothing would be a strange thing to find in a folder. */
function noRunbooks({ settings }: Project): LockstepError {
  return new LockstepError({
    code: "unknown-runbook",
    message: `there are no runbooks here (${settings.runbooks.join(", ")})`,
    hint: "Begin with: lockstep new hello",
  });
}

async function write(pages: readonly Page[], differences: readonly PageDifference[]): Promise<void> {
  for (const { kind, path } of differences) {
    const page = pages.find((candidate) => candidate.path === path);
    if (page === undefined) await unlink(path);
    else {
      await mkdir(dirname(path), { recursive: true });
      await replaceFile(path, page.text);
    }
    process.stderr.write(`${kind === "orphaned" ? "Removed" : "Wrote"} ${inertText(shownPath(path))}\n`);
  }
  const changed = differences.filter(({ kind }) => kind !== "orphaned").length;
  if (pages.length > changed)
    process.stderr.write(`${pages.length - changed} of ${pages.length} pages did not change\n`);
}

/** What is written is told on standard error, and is what stands in the folder afterwards. */
function onlyWithCheck(): LockstepError {
  return new LockstepError({
    code: "bad-argument",
    message: "docs --json tells what differs, and writes nothing",
    hint: "Add --check, or leave --json out. lockstep plan ID --json is a runbook as data",
  });
}

/** What is printed is what the pages should be, so there is nothing to compare. */
function printsOrChecks(): LockstepError {
  return new LockstepError({
    code: "bad-argument",
    message: "docs --stdout prints the pages, and --check compares them with the folder",
    hint: "Leave one of the two out",
  });
}

/** "README.md and a.md were not written by lockstep docs" */
function foreignWords(differences: readonly PageDifference[]): string | undefined {
  const names = differences.filter(({ kind }) => kind === "foreign").map(({ path }) => shownPath(path));
  if (names.length === 0) return undefined;
  return `${new Intl.ListFormat("en").format(names)} ${names.length === 1 ? "was" : "were"} not written by lockstep docs`;
}

const otherPlace = "Move such a page away, or choose another folder: lockstep docs --out DIR";

function notOurs(foreign: string): LockstepError {
  return new LockstepError({
    code: "file-exists",
    message: foreign,
    hint: `Nothing was changed. ${otherPlace}`,
  });
}

function asJson(differences: readonly PageDifference[], count: number): string {
  const shown = differences.map(({ kind, path, lines }) => ({ kind, page: shownPath(path), lines }));
  return `${jsonText({ pages: count, differences: shown }, 2)}\n`;
}

function report(
  differences: readonly PageDifference[],
  count: number,
  { ids, options }: { readonly ids: readonly string[]; readonly options: DocsOptions },
): void {
  if (differences.length === 0)
    return void process.stderr.write(`${count === 1 ? "The page is" : `All ${count} pages are`} up to date\n`);
  if (!options.json) process.stdout.write(inertLines(differences.map(describe).join("")));
  const command = ["lockstep", "docs", ...ids, ...given(options)].map(quoteWord).join(" ");
  const foreign = foreignWords(differences);
  throw new LockstepError({
    code: "docs-out-of-date",
    message: `${differences.length} of ${Math.max(count, differences.length)} pages ${differences.length === 1 ? "is" : "are"} not what the runbooks say`,
    hint: foreign === undefined ? `Write them: ${command}` : `${foreign}. ${otherPlace}`,
  });
}

/** The options that decide what is written, and where. */
function given({ out, param = [], params, env }: DocsOptions): readonly string[] {
  return [
    ...(out === undefined ? [] : ["--out", out]),
    ...param.flatMap((value) => ["-p", value]),
    ...(params === undefined ? [] : ["--params", params]),
    ...(env === undefined ? [] : ["--env", env]),
  ];
}

function describe({ kind, path, lines }: PageDifference): string {
  const more = lines.length - shownLines;
  const shown = lines.slice(0, shownLines).map((line) => `  ${line}\n`);
  return `${kind} ${shownPath(path)}\n${shown.join("")}${more > 0 ? `  ... ${more} more lines\n` : ""}`;
}
