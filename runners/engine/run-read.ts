import { inheritedEnvironment } from "../processes/inherited-environment.ts";
import { pause } from "./pause.ts";

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
  const { execa } = await import("execa");
  // bash may read the startup files of the person's shell, as the wrapper of a step would
  const child = execa("bash", ["--norc", "-euo", "pipefail", "-c", command], {
    cwd,
    env: { ...inheritedEnvironment(withheld), ...env },
    extendEnv: false,
    ...(stdin === undefined ? { stdin: "ignore" } : { input: stdin }),
    // a group of its own, so that what it starts in its turn can be ended with it
    detached: true,
    cleanup: false,
    reject: false,
    stripFinalNewline: false,
    maxBuffer: maxOutput,
  });
  let timedOut = false;
  const end = (): void => endGroup(child.pid);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutSeconds * 1000);
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted) end();
  const { exitCode, stdout, stderr, failed, shortMessage, isMaxBuffer } = await child;
  clearTimeout(timer);
  signal?.removeEventListener("abort", end);
  const why = isMaxBuffer || (failed && exitCode === undefined && !timedOut) ? `${shortMessage}\n` : "";
  return { exitCode, stdout, stderr: `${stderr}${why}`, timedOut };
}

/** TERM, then KILL for what is left: also what the read started in its turn. */
function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  signalGroup(pid, "SIGTERM");
  void pause(2).then(() => signalGroup(pid, "SIGKILL"));
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch {
    // it has ended
  }
}
