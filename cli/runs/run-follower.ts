import type { Plan } from "../../dsl/plan/plan.ts";
import { jsonText } from "../../renderers/json/json-text.ts";
import type { RunPlace } from "../../runners/events/run-event.ts";
import type { Signers } from "../../runners/identity/signers.ts";
import type { Run, RunOptions, RunResult } from "../../runners/run-options.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readAbandonedFailures } from "../errors/abandoned-failures.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readRun } from "../history/run-reader.ts";
import { timeText } from "../output/clock-text.ts";
import { renderSummary } from "../output/run-summary.ts";
import { colorsFor, widthOf } from "../output/terminal.ts";
import { createUnattendedWriter, type Verbosity } from "../output/unattended-writer.ts";
import { paintWord } from "../output/word-colors.ts";
import type { NotBegun } from "../terminal/session/terminal-session.ts";
import type { Attendance } from "./run-output-options.ts";
import { listenToSignals } from "./signal-listener.ts";

export interface FollowOptions {
  readonly plan: Plan;
  readonly root: string;
  /** What looking told of where it acts. */
  readonly place: RunPlace;
  /** Its id, if it is not a new one. */
  readonly run?: string;
  /** What was recorded of it so far. */
  readonly recorded?: RecordedRun;
  readonly purpose: "run" | "resume" | "rollback";
  /** Who holds a role: names of users. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Whose signatures count. */
  readonly signers?: Signers;
  /** The journal's events on standard output, and no text. */
  readonly json: boolean;
  readonly verbosity: Verbosity;
  /** Somebody is at the terminal and answers. */
  readonly attendance: Attendance | undefined;
}

/** What a run is begun with: who answers, and what interrupts it. */
export type Attended = Pick<RunOptions, "prompter" | "mode" | "signal">;

/**
 * Follows a run to its end: the record on standard error, what it came to on standard output, its exit code for the
 * command's. What ends the command is passed on to the run, which journals it. Where somebody attends, they are asked.
 *
 * @param start Begins the run; it must pass on what it is given.
 */
export async function followRun(start: (attended: Attended) => Run, options: FollowOptions): Promise<void> {
  const result = options.attendance
    ? await attend(start, options, options.attendance)
    : await unattended(start, options);
  if ("left" in result) {
    process.exitCode = result.left;
    return;
  }
  if (!options.json && !(options.attendance && saidHowToGoOn(result)))
    process.stdout.write(await summaryOf(result, options));
  process.exitCode = result.exitCode;
}

async function attend(
  start: (attended: Attended) => Run,
  { plan, root, place, recorded, purpose, roles, signers }: FollowOptions,
  { stepping: wanted, plain, ascii }: Attendance,
): Promise<RunResult | NotBegun> {
  const { runInTerminal } = await import("../terminal/session/terminal-session.ts");
  const stepping = wanted || (purpose === "resume" && wasStepping(recorded));
  const mode = stepping ? "step" : "interactive";
  return runInTerminal((prompter, signal) => start({ prompter, signal, mode }), {
    ...(recorded === undefined ? {} : { recorded }),
    plan,
    root,
    place,
    purpose,
    roles,
    ...(signers === undefined ? {} : { signers }),
    stepping,
    plain,
    ascii,
    confirm: !stepping,
  });
}

/** Who went step by step goes on so. */
function wasStepping(recorded: RecordedRun | undefined): boolean {
  const modes = recorded?.events.flatMap((event) =>
    event.type === "created" || event.type === "resumed" ? [event.mode] : [],
  );
  return modes?.findLast((mode) => mode !== "auto") === "step";
}

/** The record ends with how to go on, and the person who left reads it there. */
function saidHowToGoOn({ state }: RunResult): boolean {
  return process.stdout.isTTY === true && (state === "declined" || state === "interrupted");
}

async function unattended(start: (attended: Attended) => Run, options: FollowOptions): Promise<RunResult> {
  let run: Run | undefined;
  let isTold = false;
  const interruption = new AbortController();
  const stopListening = listenToSignals((name) => {
    const isFirst = !interruption.signal.aborted;
    if (!isFirst && name === "SIGHUP") return;
    if (!options.json) process.stderr.write(signalLine(name, isTold));
    isTold ||= name !== "SIGHUP";
    if (isFirst) interruption.abort(name);
    else run?.hurry();
  });
  let isFailed = false;
  const stopReading = readAbandonedFailures((text) => {
    process.stderr.write(isFailed ? text : `${text}${failureLine()}`);
    isFailed = true;
    interruption.abort("SIGTERM");
  });
  try {
    run = start({ mode: "auto", signal: interruption.signal });
    // awaited below; without this it would be unhandled while the events are read
    run.result.catch(() => undefined);
    await writeEvents(run, options);
    const result = await run.result;
    return isFailed ? { ...result, exitCode: 1 } : result;
  } finally {
    stopReading();
    stopListening();
  }
}

/** Said at once: until what runs has ended nothing else is. */
function signalLine(name: NodeJS.Signals, isTold: boolean): string {
  const told = isTold ? "is killed" : "is told to end, and has 10s to do so; again kills it";
  const does = name === "SIGHUP" ? "is left to end; nothing new starts" : told;
  return `${timeText(new Date())} run   ${name.padEnd(9)} what runs ${does}\n`;
}

function failureLine(): string {
  return `${timeText(new Date())} run   failed    what runs is told to end\n`;
}

async function writeEvents(run: Run, { plan, run: id, recorded, json, verbosity }: FollowOptions): Promise<void> {
  const colors = colorsFor(process.stderr);
  const begun = readHistory(recorded?.events ?? []).latest.keys();
  const write = createUnattendedWriter({ plan, run: id, begun, verbosity, paint: (word) => paintWord(word, colors) });
  for await (const event of run) {
    if (!json)
      process.stderr.write(
        write(event)
          .map((line) => `${line}\n`)
          .join(""),
      );
    else if (event.type !== "output" && event.type !== "tick") process.stdout.write(`${jsonText(event)}\n`);
  }
}

async function summaryOf({ run }: RunResult, { plan, root }: FollowOptions): Promise<string> {
  const { events, created } = await readRun(await openRunStore(root).find(run));
  const ended = events.at(-1)?.at ?? created.at;
  return renderSummary({ run, plan, history: readHistory(events), began: created.at, ended }, widthOf(process.stdout));
}
