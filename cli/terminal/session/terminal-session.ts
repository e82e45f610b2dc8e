import type { Plan } from "../../../dsl/plan/plan.ts";
import type { Prompter } from "../../../runners/questions/question.ts";
import type { Run, RunResult } from "../../../runners/run-options.ts";
import { createKeys } from "../keys/create-keys.ts";
import { createScreen } from "../screen/create-screen.ts";
import { guardLine } from "./guard-lines.ts";
import { askMenu } from "./menu.ts";
import { createRecordWriter } from "./record-writer.ts";
import { createRunningView } from "./running-view.ts";
import { createSessionFacts } from "./session-facts.ts";
import { startLines } from "./start-screen.ts";
import { createTerminalPrompter } from "./terminal-prompter.ts";
import type { TerminalUi } from "./terminal-ui.ts";

export interface SessionOptions {
  readonly plan: Plan;
  readonly root: string;
  /** Asked before each step. */
  readonly stepping: boolean;
  /** The run's id, if it is not a new one. */
  readonly run?: string;
  readonly plain?: boolean;
  readonly ascii?: boolean;
  /** One menu after the start screen, since the cluster may be the wrong one. */
  readonly confirm: boolean;
}

/**
 * Follows a run in a terminal: the record above, the live region below, and a person who answers.
 *
 * @param start Begins the run with this prompter; it must pass on the signal.
 * @returns Undefined if the person left before it began.
 */
export async function runInTerminal(
  start: (prompter: Prompter, signal: AbortSignal) => Run,
  { plan, root, stepping, run: known, plain, ascii, confirm }: SessionOptions,
): Promise<RunResult | undefined> {
  const interruption = new AbortController();
  const leave = (reason: string): void => interruption.abort(reason);
  const screen = createScreen({
    stderr: process.stderr,
    env: process.env,
    ...(plain ? { plain } : {}),
    ...(ascii ? { ascii } : {}),
  });
  const keys = createKeys({ stdin: process.stdin, screen, onCtrlC: () => leave("SIGINT") });
  const hangUp = (): void => leave("SIGHUP");
  const terminate = (): void => leave("SIGTERM");
  process.on("SIGHUP", hangUp).on("SIGTERM", terminate);
  const facts = createSessionFacts(plan);
  const ui: TerminalUi = {
    screen,
    keys,
    plan,
    root,
    facts,
    run: undefined,
    leave,
    show: ({ body, message, foot }, cause) =>
      screen.setLive(
        () => [
          ...(body?.() ?? []),
          ...[...facts.guards.values()].map(guardLine),
          ...(message === undefined ? [] : [message]),
          ...foot,
        ],
        cause,
      ),
  };
  try {
    const how = stepping ? "step by step" : "stops for people";
    if (confirm && !(await mayStart(ui, how))) return undefined;
    const record = createRecordWriter(ui);
    const running = createRunningView(ui);
    const run = start(createTerminalPrompter(ui, record, running), interruption.signal);
    run.result.catch(() => undefined);
    ui.run = run;
    for await (const event of run) {
      facts.apply(event);
      if (event.type === "created" && !confirm) screen.print(startLines(ui, event.run, how));
      if (event.type === "created" && confirm) screen.print([`  run      ${event.run}`, ""]);
      record.write(event);
    }
    await running.stop();
    return await run.result;
  } finally {
    process.off("SIGHUP", hangUp).off("SIGTERM", terminate);
    keys.close();
    screen.close();
  }
}

async function mayStart(ui: TerminalUi, how: string): Promise<boolean> {
  ui.screen.print(startLines(ui, undefined, how));
  const never = new AbortController().signal;
  const entries = [
    { key: "r", word: "start", help: "start the run" },
    { key: "q", word: "quit", help: "leave; nothing was created" },
  ];
  const answer = await askMenu(ui, { entries }, never);
  ui.screen.setLive([]);
  return "key" in answer && answer.key === "r";
}
