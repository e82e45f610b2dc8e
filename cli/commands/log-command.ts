import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readRun } from "../history/run-reader.ts";
import { openProject } from "../loading/project.ts";
import { timeText } from "../output/clock-text.ts";
import { eventText } from "../output/event-text.ts";
import { createContext, logRows } from "../output/log-rows.ts";
import { renderTable } from "../output/table.ts";
import { widthOf } from "../output/terminal.ts";
import { printStepOutput } from "../runs/step-output.ts";
import type { CommandModule } from "./command-module.ts";

interface LogOptions {
  readonly all?: boolean;
  readonly json?: boolean;
  readonly attempt?: string;
}

const logCommand: CommandModule = {
  about:
    "How each step ended; with --all every event. With STEP (its number, as the log shows it, or its id), what that step printed.",
  examples: [
    "lockstep log 7k3m",
    "lockstep log 7k3m --all",
    "lockstep log 7k3m 1.6",
    "lockstep log 7k3m Undo 1.6",
    "lockstep log 7k3m --json | jq -c 'select(.type == \"finished\")'",
  ],
  define(command) {
    command
      .argument("[RUN]", "id of a run, or its beginning; the newest unless given")
      .argument("[STEP...]", "number or id of a step: 1.6, 1.6[2], Undo 1.6")
      .option("--all", "every event of the journal")
      .option("--attempt <N>", "an earlier attempt of STEP; the last one unless given")
      .option("--json", "the journal's events, one a line")
      .action(async (id: string | undefined, words: readonly string[], options: LogOptions) => {
        requireUse(words.join(" "), options);
        const { root } = await openProject();
        const run = await readRun(await openRunStore(root).find(id));
        if (words.length > 0) await printStepOutput(run, words.join(" "), options.attempt);
        else if (options.json) for (const event of run.events) process.stdout.write(`${jsonText(event)}\n`);
        else process.stdout.write(await logText(run, options));
      });
  },
};

export default logCommand;

/** What would do nothing is refused. */
function requireUse(step: string, { all, json, attempt }: LogOptions): void {
  if (step === "" && attempt !== undefined)
    throw new LockstepError({
      code: "bad-argument",
      message: "--attempt is for what a step printed",
      hint: `Name the step: lockstep log RUN STEP --attempt ${attempt}`,
    });
  const flag = json ? "--json" : "--all";
  if (step !== "" && (json || all))
    throw new LockstepError({
      code: "bad-argument",
      message: `${flag} is for the events of a run, and ${step} is a step`,
      hint: `Leave ${flag} or ${step} out`,
    });
}

async function logText(run: RecordedRun, { all = false }: LogOptions): Promise<string> {
  const context = await createContext(run);
  const width = widthOf(process.stdout);
  if (!all)
    return renderTable(logRows(run.events, context, readHistory(run.events)), { right: [3], width, lastBelow: true });
  const rows = run.events.map((event) => {
    const { place, word, text } = eventText(event, context);
    return [timeText(event.at), place, word, text];
  });
  return renderTable(rows, { width, lastBelow: true });
}
