import { randomUUID } from "node:crypto";
import { readBootId } from "../processes/boot-id.ts";
import { inheritedEnvironment } from "../processes/inherited-environment.ts";
import { markedEnvironment, markedProcesses, markOf } from "../processes/marked-processes.ts";
import { readProcess } from "../processes/process-entry.ts";
import type { ProcessIdentity } from "../processes/process-identity.ts";
import { endSession } from "../processes/session-end.ts";
import { sessionMembers } from "../processes/session-members.ts";
import { startTimer } from "./start-timer.ts";

export interface ReadOptions {
  readonly cwd: string;
  /** Variables of this process that it does not inherit. */
  readonly withheld: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  /** Else it reads nothing. */
  readonly stdin?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadResult {
  /** Undefined if it had to be ended. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** How long one that is ended may take to end after TERM, before KILL. */
const graceSeconds = 2;
/** Characters that a look at the world may print; one that prints more is ended, and has failed. */
const maxOutput = 1024 * 1024;

/**
 * Runs a short read beside the steps: a probe, a check, a query of a measurement. It has no attempt of its own, since
 * nothing is lost if lockstep dies meanwhile: the read is simply made again.
 */
export async function runRead(
  command: string,
  { cwd, withheld, env, timeoutSeconds, stdin, signal }: ReadOptions,
): Promise<ReadResult> {
  const { runProgram } = await import("../processes/run-program.ts");
  const mark = markOf(randomUUID());
  // bash may read the startup files of the person's shell, as the wrapper of a step would
  const child = runProgram("bash", ["--norc", "-euo", "pipefail", "-c", command], {
    cwd,
    env: { ...inheritedEnvironment(withheld), ...env, ...markedEnvironment(mark) },
    extendEnv: false,
    ...(stdin === undefined ? { stdin: "ignore" } : { input: stdin }),
    // a session of its own, so that what it starts in its turn can be ended with it
    detached: true,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: maxOutput,
  });
  let timedOut = false;
  const pid = child.pid ?? 0;
  const leader = { pid, startTime: readProcess(pid)?.startTime ?? "gone", boot: readBootId() };
  let ending: Promise<void> | undefined;
  const end = (): void => {
    if (child.pid !== undefined)
      ending ??= endRead(leader, mark).then(() => {
        // what could not be ended may hold them
        child.stdout.destroy();
        child.stderr.destroy();
      });
  };
  const cancelTimeout = startTimer(timeoutSeconds, () => {
    timedOut = true;
    end();
  });
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted) end();
  const { exitCode, stdout, stderr, failed, shortMessage, isMaxBuffer } = await child;
  cancelTimeout();
  signal?.removeEventListener("abort", end);
  if (isMaxBuffer) end();
  await ending;
  const why = isMaxBuffer || (failed && exitCode === undefined && !timedOut) ? `${shortMessage}\n` : "";
  return { exitCode, stdout, stderr: `${stderr}${why}`, timedOut };
}

/** Also what the read started in its turn, and what left its session. */
async function endRead(leader: ProcessIdentity, mark: string): Promise<void> {
  await endSession({ members: () => sessionMembers(leader), wholeGroups: true, graceSeconds });
  await endSession({ members: () => markedProcesses(mark), wholeGroups: false, graceSeconds });
}
