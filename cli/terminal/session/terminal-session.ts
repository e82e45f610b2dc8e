import type { Prompter } from "../../../runners/questions/question.ts";
import type { Run, RunResult } from "../../../runners/run-options.ts";
import { createPlainVoice } from "../watching/plain-voice.ts";
import { mayBegin } from "./begin-question.ts";
import { openUi, type SessionOptions } from "./open-ui.ts";
import { createRecordWriter } from "./record-writer.ts";
import { createRunningView } from "./running-view.ts";
import { startLines } from "./start-screen.ts";
import { updateTitle } from "./tab-title.ts";
import { createTerminalPrompter } from "./terminal-prompter.ts";

/** Nothing began: the exit code of whoever left before. */
export interface NotBegun {
  readonly left: number;
}

/**
 * Follows a run in a terminal: the record above, the live region below, and a person who answers.
 *
 * @param start Begins the run with this prompter; it must pass on the signal.
 */
export async function runInTerminal(
  start: (prompter: Prompter, signal: AbortSignal) => Run,
  options: SessionOptions,
): Promise<RunResult | NotBegun> {
  const opened = await openUi(options);
  const { ui, signal, close } = opened;
  try {
    const left = await mayBegin(ui, options, signal);
    if (left !== undefined) return { left };
    const record = createRecordWriter(ui);
    const running = createRunningView(ui);
    const voice = createPlainVoice(ui);
    const prompter = createTerminalPrompter(ui, record, running);
    const run = start(prompter, signal);
    run.result.catch(() => undefined);
    ui.run = run;
    try {
      for await (const event of run) {
        ui.facts.apply(event);
        updateTitle(ui, event);
        if (event.type === "created") ui.screen.print(startLines(ui, options.confirm ? "begun" : "whole"));
        record.write(event);
        voice.hear(event);
      }
    } finally {
      voice.stop();
      ui.screen.interject("The run has ended. Leave this to see how.");
      await prompter.settled();
      await running.stop();
    }
    const result = await run.result;
    return opened.isFailed ? { ...result, exitCode: 1 } : result;
  } finally {
    close();
  }
}
