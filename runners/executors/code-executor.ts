import { closeSync, constants, openSync, writeSync } from "node:fs";
import { join } from "node:path";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { createAttemptFile } from "../attempts/attempt-folder.ts";
import { createTextMasker } from "../attempts/masker.ts";
import { beginNative, endNative } from "../attempts/native-attempt.ts";
import type { Engine } from "../engine/engine.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { capturesOutput } from "./text-executor.ts";

/** Runs a step written in TypeScript, in this process; what it returns is its standard output. */
export async function executeCode(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, folder } = attempt;
  const run = engine.functions.get(step.id);
  if (!run)
    return {
      kind: "failed",
      remark: "its function is not loaded: run it from its runbook, not from a plan in JSON",
      overrulable: false,
    };
  beginNative(folder);
  // what can fail stands before the timer, which would keep the process alive
  const log = openLog(engine, attempt);
  const limit = startLimit(step.timeoutSeconds);
  const signal = AbortSignal.any([attempt.signal, limit.signal]);
  try {
    const { cwd, env } = attempt;
    const returned = await untilAborted(Promise.resolve(run({ signal, cwd, env, log: log.line })), signal);
    const stdout = log.mask(returned ?? "");
    // before the status, which says that all of it is there
    if (capturesOutput(step) && !step.sensitive) createAttemptFile(folder, "out", stdout);
    endNative(folder, 0);
    return { kind: "done", exitCode: 0, stdout };
  } catch (error) {
    if (attempt.signal.aborted) return { kind: "ended", remark: "ended by lockstep" };
    if (limit.signal.aborted)
      return {
        kind: "failed",
        remark: `time-out after ${formatDuration(step.timeoutSeconds ?? 0)}`,
        overrulable: false,
        midway: true,
      };
    const message = log.mask(error instanceof Error ? error.message : String(error));
    log.line(message);
    endNative(folder, 1);
    return { kind: "failed", remark: message, overrulable: false };
  } finally {
    limit.clear();
    log.close();
  }
}

/** What timers take at most; a longer time-out is none. */
const longestTimer = 2 ** 31 - 1;

/** The step's time-out. With or without one it keeps the process alive: a function may wait for what does not. */
function startLimit(seconds: number | undefined): { readonly signal: AbortSignal; clear(): void } {
  const over = new AbortController();
  const milliseconds = (seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const timer =
    milliseconds > longestTimer
      ? setInterval(() => {}, longestTimer)
      : setTimeout(() => over.abort("timeout"), milliseconds);
  return { signal: over.signal, clear: () => clearTimeout(timer) };
}

/** A function that does not heed its signal cannot be ended, but it no longer holds up the run. */
function untilAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(new Error("aborted"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;

function openLog(engine: Engine, { key, folder, step }: Attempt) {
  const file = openSync(join(folder, "log"), O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW, 0o600);
  const mask = createTextMasker(engine.secrets);
  let closed = false;
  return {
    mask,
    line: (text: string): void => {
      // a function that heeds no signal may go on, and the number of the file may be another file's by then
      if (closed) return;
      const line = `${mask(text)}\n`;
      if (!step.sensitive) writeSync(file, line);
      engine.recorder.show({ type: "output", step: key, number: step.number, stream: "stdout", text: line });
    },
    close: (): void => {
      closed = true;
      closeSync(file);
    },
  };
}
