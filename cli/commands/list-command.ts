import { jsonText } from "../../renderers/json/json-text.ts";
import { printError } from "../errors/error-printer.ts";
import { openProject, type Project } from "../loading/project.ts";
import type { FoundRunbook } from "../loading/runbook-card.ts";
import { indexRunbooks, type RunbookIndex } from "../loading/runbook-finder.ts";
import { shownPath } from "../loading/shown-path.ts";
import { renderTable } from "../output/table.ts";
import { widthOf } from "../output/terminal.ts";
import type { CommandModule } from "./command-module.ts";

const listCommand: CommandModule = {
  about: "Found as runbooks/**/*.runbook.ts, or as lockstep.config.ts says.",
  examples: ["lockstep list", "lockstep list --json | jq -r '.runbooks[].id'"],
  define(command) {
    command.option("--json", "as JSON").action(async ({ json }: { json?: boolean }) => {
      const project = await openProject();
      const index = await indexRunbooks(project);
      process.stdout.write(json ? asJson(project, index) : asText(index));
      reportFailures(project, index);
    });
  },
};

export default listCommand;

function asText({ runbooks }: RunbookIndex): string {
  const groups = new Map<string, FoundRunbook[]>();
  for (const runbook of runbooks) groups.set(runbook.group, [...(groups.get(runbook.group) ?? []), runbook]);
  const sorted = [...groups].sort(([a], [b]) => a.localeCompare(b));
  const longest = Math.max(0, ...runbooks.map(({ id }) => id.length));
  return sorted.map(([group, members]) => groupText(group, members, longest)).join("\n");
}

function groupText(group: string, members: readonly FoundRunbook[], longest: number): string {
  const width = widthOf(process.stdout);
  const indent = group === "" ? "" : "  ";
  // where a column of summaries would show a word of each, they stand below
  const isNarrow = width !== undefined && width - longest < 30;
  const rows = members.flatMap(({ id, title, summary = title }) =>
    isNarrow ? [[id], [`  ${summary}`]] : [[id.padEnd(longest), summary]],
  );
  const table = renderTable(rows, { indent, width });
  return group === "" ? table : `${group}\n${table}`;
}

function asJson({ root }: Project, { runbooks, failures }: RunbookIndex): string {
  const shown = {
    runbooks: runbooks.map(({ file, ...card }) => ({ ...card, file: shownPath(file, root) })),
    failures: failures.map(({ file, error }) => ({
      file: shownPath(file, root),
      code: error.code,
      message: error.message,
    })),
  };
  return `${jsonText(shown, 2)}\n`;
}

function reportFailures({ root, settings }: Project, { runbooks, failures }: RunbookIndex): void {
  for (const { error } of failures) process.stderr.write(printError(error).text);
  if (failures.length > 0) process.exitCode = 2;
  if (runbooks.length > 0 || failures.length > 0) return;
  const place = shownPath(root) === root ? root : `./${shownPath(root)}`;
  process.stderr.write(`No runbooks in ${place} (${settings.runbooks.join(", ")}). Begin with: lockstep new hello\n`);
}
