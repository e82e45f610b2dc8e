import { jsonText } from "../../renderers/json/json-text.ts";
import type { RunFolder } from "../../runners/store/run-folder.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { printError } from "../errors/error-printer.ts";
import { readHistory } from "../history/run-history.ts";
import { readPlan, readRun } from "../history/run-reader.ts";
import { isResumable, placeOf, type RunState, stateOf, stateText } from "../history/run-state.ts";
import { indexSteps } from "../history/step-numbers.ts";
import { openProject } from "../loading/project.ts";
import { dayText } from "../output/clock-text.ts";
import { inertText } from "../output/inert-text.ts";
import { cut, renderTable } from "../output/table.ts";
import { widthOf } from "../output/terminal.ts";
import { wrapLine } from "../terminal/screen/wrap-line.ts";
import { narrow } from "../terminal/session/fact-line.ts";
import type { CommandModule } from "./command-module.ts";

interface RunRow {
  readonly run: string;
  readonly runbook: string;
  readonly state: RunState;
  readonly resumable: boolean;
  /** Number of the step where it stands. */
  readonly at?: string;
  /** UTC. */
  readonly started: string;
  readonly by: string;
}

/** In place of a run that cannot be read. */
interface UnreadableRow {
  readonly run: string;
  readonly state: "unreadable";
  readonly resumable: false;
  readonly error: { readonly code: string; readonly message: string };
}

const runsCommand: CommandModule = {
  about: "The newest first. A run that is resumable goes on with lockstep resume RUN.",
  examples: ["lockstep runs", "lockstep runs --json | jq -r '.[] | select(.state == \"asks\") | .run'"],
  define(command) {
    command.option("--json", "as JSON").action(async ({ json }: { json?: boolean }) => {
      const { root } = await openProject();
      const folders = await openRunStore(root).list();
      const rows = await Promise.all(folders.map(rowOf));
      if (json) process.stdout.write(`${jsonText(rows, 2)}\n`);
      else if (folders.length === 0) process.stderr.write("No runs yet. Start one with: lockstep run ID\n");
      else process.stdout.write(tableOf(rows.filter((row) => row.state !== "unreadable")));
    });
  },
};

export default runsCommand;

function tableOf(rows: readonly RunRow[]): string {
  const head = ["RUN", "RUNBOOK", "STATE", "AT", "STARTED", "BY"];
  const cells = rows.map(({ run, runbook, state, at, started, by }) => [
    run,
    runbook,
    stateText(state),
    at ?? "-",
    started === "" ? "-" : dayText(started),
    by,
  ]);
  const width = widthOf(process.stdout);
  if (width !== undefined && width < narrow) return cells.map((row) => inNarrow(row, width)).join("");
  return renderTable([head, ...cells], { width });
}

/** Where a table would be cut before the state, it stands below. */
function inNarrow([run = "", runbook = "", state, at, started, by]: readonly string[], width: number): string {
  const place = at === "-" ? "" : ` at ${at}`;
  const below = { text: inertText(`      ${state}${place}, ${started}, ${by}`), hang: 6 };
  return `${[cut(inertText(`${run}  ${runbook}`), width), ...wrapLine(below, width)].join("\n")}\n`;
}

/** One run that cannot be read does not hide the others. */
async function rowOf(folder: RunFolder): Promise<RunRow | UnreadableRow> {
  try {
    const run = await readRun(folder);
    const history = readHistory(run.events);
    const place = placeOf(history);
    const at = place === undefined ? undefined : await numberIn(run, place);
    const { created } = run;
    const state = stateOf(run, history);
    return {
      run: folder.id,
      runbook: created.runbook.id,
      state,
      resumable: isResumable(state),
      ...(at === undefined ? {} : { at }),
      started: created.at,
      by: created.by.user,
    };
  } catch (error) {
    process.stderr.write(printError(error).text);
    process.exitCode = 1;
    const { code = "fault", message } = error as NodeJS.ErrnoException;
    return { run: folder.id, state: "unreadable", resumable: false, error: { code, message } };
  }
}

async function numberIn(run: Parameters<typeof readPlan>[0], key: string): Promise<string> {
  try {
    return indexSteps(await readPlan(run)).numberOf(key);
  } catch {
    return key;
  }
}
