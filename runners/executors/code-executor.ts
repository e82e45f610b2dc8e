import { closeSync } from "node:fs";
import { join } from "node:path";
import type { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { createAttemptFile, openForAppend, writeWhole } from "../attempts/attempt-folder.ts";
import { createTextMasker } from "../attempts/masker.ts";
import { beginNative, endNative } from "../attempts/native-attempt.ts";
import type { Engine } from "../engine/engine.ts";
import { startTimer } from "../engine/start-timer.ts";
import { diskFailed } from "../journal/disk-failure.ts";
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
  const { cwd, env } = attempt;
  try {
    const end = await untilAborted(async () => run({ signal, cwd, env, log: log.line }), signal);
    if (end.kind === "returned") return concludeReturn(attempt, end.value, log);
    if (attempt.signal.aborted) return { kind: "ended", remark: "ended by lockstep" };
    if (limit.signal.aborted)
      return {
        kind: "failed",
        remark: `time-out after ${formatDuration(step.timeoutSeconds ?? 0)}`,
        overrulable: false,
        midway: true,
      };
    const message = log.mask(end.error instanceof Error ? end.error.message : String(end.error));
    log.line(message);
    endNative(folder, 1);
    log.requireWhole();
    return { kind: "failed", remark: message, overrulable: false };
  } finally {
    limit.clear();
    log.close();
  }
}

/** It did what it does: whatever the disk says from here on, that is not done again. */
function concludeReturn({ step, folder }: Attempt, returned: unknown, log: Log): AttemptResult {
  if (returned !== undefined && typeof returned !== "string") {
    endNative(folder, 1);
    const remark = `it returned a ${returned === null ? "null" : typeof returned}, and not a text`;
    return { kind: "failed", remark, overrulable: false, midway: true };
  }
  const stdout = log.mask(returned ?? "");
  try {
    // before the status, which says that all of it is there
    if (capturesOutput(step) && !step.sensitive) createAttemptFile(folder, "out", stdout);
  } catch (error) {
    endNative(folder, 0, { outputLost: true });
    throw error;
  }
  endNative(folder, 0);
  log.requireWhole();
  return { kind: "done", exitCode: 0, stdout };
}

/** The step's time-out. With or without one it keeps the process alive: a function may wait for what does not. */
function startLimit(seconds = Number.POSITIVE_INFINITY): { readonly signal: AbortSignal; clear(): void } {
  const over = new AbortController();
  return { signal: over.signal, clear: startTimer(seconds, () => over.abort("timeout")) };
}

type End =
  | { readonly kind: "returned"; readonly value: unknown }
  | { readonly kind: "failed"; readonly error: unknown };

/** A function that does not heed its signal cannot be ended, but it no longer holds up the run. */
function untilAborted(work: () => Promise<unknown>, signal: AbortSignal): Promise<End> {
  return new Promise((resolve) => {
    const fail = (error: unknown): void => resolve({ kind: "failed", error });
    const abort = (): void => fail(new Error("aborted"));
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort, { once: true });
    work()
      .then((value) => resolve({ kind: "returned", value }), fail)
      .finally(() => signal.removeEventListener("abort", abort));
  });
}

interface Log {
  mask(text: string): string;
  /** Never throws: a write is not cut off in the middle since its log cannot be written. */
  line(text: string): void;
  /** @throws LockstepError `disk-failed` if a line could not be written. */
  requireWhole(): void;
  close(): void;
}

function openLog(engine: Engine, { key, folder, step }: Attempt): Log {
  const path = join(folder, "log");
  const file = openForAppend(folder, "log");
  const mask = createTextMasker(engine.secrets);
  let closed = false;
  let failure: LockstepError | undefined;
  return {
    mask,
    line: (text) => {
      // a function that heeds no signal may go on, and the number of the file may be another file's by then
      if (closed) return;
      const line = `${mask(text)}\n`;
      try {
        if (!step.sensitive) writeWhole(file, Buffer.from(line));
      } catch (error) {
        failure ??= diskFailed(path, error);
      }
      engine.recorder.show({ type: "output", step: key, number: step.number, stream: "stdout", text: line });
    },
    requireWhole: () => {
      if (failure) throw failure;
    },
    close: () => {
      closed = true;
      closeSync(file);
    },
  };
}
