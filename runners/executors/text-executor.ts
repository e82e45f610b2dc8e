import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { join } from "node:path";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { attachAttempt } from "../attempts/attach-attempt.ts";
import type { AttemptOutcome, EndReason, Attempt as Process } from "../attempts/attempt.ts";
import { claimAttempt } from "../attempts/claim-attempt.ts";
import { inspectAttempt, maxCaptured } from "../attempts/inspect-attempt.ts";
import { startAttempt } from "../attempts/start-attempt.ts";
import type { Engine } from "../engine/engine.ts";
import { startTimer } from "../engine/start-timer.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { lastWords } from "./last-words.ts";

/** How long a step may take to end after TERM, before KILL. */
export const graceSeconds = 10;

/**
 * Runs the command in bash, in a process that outlives lockstep, and follows its output.
 *
 * @param command Runs in place of the step's own.
 */
export async function executeText(engine: Engine, attempt: Attempt, command?: string): Promise<AttemptResult> {
  const work = async (): Promise<AttemptOutcome> =>
    follow(engine, attempt, await startProcess(engine, attempt, command));
  const lend = attempt.step.terminal ? engine.prompter?.lend : undefined;
  return toResult(attempt, await (lend === undefined ? work() : lend(work)));
}

/** Starts the process of an attempt, or takes up the one that lives. */
export function startProcess(engine: Engine, attempt: Attempt, command?: string): Promise<Process> {
  const { step, folder, resumed } = attempt;
  if (resumed) return Promise.resolve(attachAttempt(folder, { graceSeconds }));
  const { cwd, env, stdin } = attempt;
  return startAttempt({
    folder,
    script: command ?? attempt.command ?? "",
    cwd,
    withheld: engine.withheld,
    env,
    separateOutput: capturesOutput(step),
    ...(stdin === undefined ? {} : { stdin }),
    secrets: engine.secrets,
    sensitive: step.sensitive,
    terminal: step.terminal,
    graceSeconds,
  });
}

/** Shows what a process writes until it has ended, by itself, by its time-out or by the attempt's signal. */
export async function follow(engine: Engine, attempt: Attempt, process: Process): Promise<AttemptOutcome> {
  const { step, key, signal } = attempt;
  const shown = showOutput(engine, attempt, process);
  // a log that cannot be read is an error of the run when the step has ended, and must not end lockstep before
  shown.catch(() => {});
  const end = (reason: EndReason): void => void process.end(reason);
  const onAbort = (): void => end(signal.reason as EndReason);
  if (signal.aborted) onAbort();
  signal.addEventListener("abort", onAbort, { once: true });
  const hurried = engine.hurryOf(key);
  if (hurried.aborted) process.hurry();
  hurried.addEventListener("abort", process.hurry, { once: true });
  const limit = step.timeoutSeconds;
  const cancelTimeout =
    limit === undefined ? undefined : startTimer(remaining(engine, key, limit), () => end("timeout"));
  try {
    const outcome = await process.ended;
    await shown;
    return outcome;
  } finally {
    cancelTimeout?.();
    signal.removeEventListener("abort", onAbort);
    hurried.removeEventListener("abort", process.hurry);
  }
}

/** What a step printed on standard output, as far as captures can use it; `cut` if it printed more. */
export async function readStdout(folder: string): Promise<{ readonly stdout: string; readonly cut?: true }> {
  const handle = await open(join(folder, "out"), constants.O_RDONLY | constants.O_NOFOLLOW).catch(() => undefined);
  if (!handle) return { stdout: "" };
  try {
    const { size } = await handle.stat();
    const buffer = Buffer.alloc(Math.min(size, maxCaptured));
    let length = 0;
    for (let read = 1; read > 0 && length < buffer.length; length += read)
      read = (await handle.read(buffer, length, buffer.length - length, length)).bytesRead;
    return { stdout: buffer.toString("utf8", 0, length), ...(size > maxCaptured ? { cut: true } : {}) };
  } finally {
    await handle.close();
  }
}

/** Standard output is kept apart for whoever has to judge it. */
export function capturesOutput(step: PlanStep): boolean {
  const created = step.undo.kind === "actions" && step.undo.ifCreated !== undefined;
  return step.outputs.length > 0 || step.expect.length > 0 || created;
}

async function showOutput(engine: Engine, { key, step }: Attempt, process: Process): Promise<void> {
  for await (const { stream, text } of process.output())
    engine.recorder.show({ type: "output", step: key, number: step.number, stream, text });
}

/** The time-out of an attempt counts from its start, also when another lockstep takes it up. */
function remaining(engine: Engine, key: string, limit: number): number {
  const record = engine.state.steps.get(key);
  if (!record) return limit;
  return Math.max(0, limit - engine.secondsSince(record.startedAt, record.started.boot));
}

async function toResult({ folder, step }: Attempt, outcome: AttemptOutcome): Promise<AttemptResult> {
  if (outcome.kind === "exited") return exited(folder, outcome.exitCode);
  if (outcome.kind === "lost") return afterLoss(folder, outcome.reason);
  const left = `${outsideWords(outcome)}${
    outcome.left === undefined ? "" : `; what could not be ended still runs: process ${outcome.left.join(", ")}`
  }`;
  if (outcome.reason === "timeout")
    return {
      kind: "failed",
      remark: `time-out after ${formatDuration(step.timeoutSeconds ?? 0)}${left}`,
      overrulable: false,
      midway: true,
    };
  return { kind: "ended", remark: `ended by ${outcome.reason === "guard" ? "a guard" : "lockstep"}${left}` };
}

/** What was ended beside its session, such as a daemon; empty if nothing was. */
export function outsideWords(outcome: AttemptOutcome | undefined): string {
  if (outcome?.kind !== "ended-by-lockstep" || outcome.outside === undefined) return "";
  return `; ended with it, outside of its session: ${outcome.outside.join(", ")}`;
}

/** What an attempt came to that ended by itself; one that failed says its last words. */
export async function exited(
  folder: string,
  exitCode: number,
): Promise<Extract<AttemptResult, { readonly kind: "done" }>> {
  const words = exitCode === 0 ? undefined : await lastWords(folder);
  return { kind: "done", exitCode, ...(await readStdout(folder)), ...(words === undefined ? {} : { words }) };
}

/** Nobody saw its end; but if it never began, nothing can have happened. */
async function afterLoss(folder: string, reason: string): Promise<AttemptResult> {
  const { state } = await inspectAttempt(folder);
  if (state === "not-begun" && (await claimAttempt(folder)))
    return { kind: "failed", remark: reason, overrulable: false };
  return { kind: "unknown", remark: reason };
}
