import { spawn } from "node:child_process";
import { pause } from "./pause.ts";

export interface ReadOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

export interface ReadResult {
  /** Undefined if it had to be ended. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly timedOut: boolean;
}

/** A look at the world may print so much; what is beyond is left out. */
const maxOutput = 1024 * 1024;

/**
 * Runs a short read beside the steps: a probe, a check, a query of a measurement. It has no attempt of its own, since
 * nothing is lost if lockstep dies meanwhile: the read is simply made again.
 */
export async function runRead(command: string, { cwd, env, timeoutSeconds, signal }: ReadOptions): Promise<ReadResult> {
  const child = spawn("bash", ["-euo", "pipefail", "-c", command], {
    cwd,
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  let timedOut = false;
  const end = (): void => endGroup(child.pid);
  const timer = setTimeout(() => {
    timedOut = true;
    end();
  }, timeoutSeconds * 1000);
  signal?.addEventListener("abort", end, { once: true });
  if (signal?.aborted) end();
  const exitCode = await new Promise<number | undefined>((resolve) => {
    child.once("error", (error) => {
      stderr.push(Buffer.from(error.message));
      resolve(127);
    });
    child.once("close", (code) => resolve(code ?? undefined));
  });
  clearTimeout(timer);
  signal?.removeEventListener("abort", end);
  return { exitCode, stdout: textOf(stdout), stderr: textOf(stderr), timedOut };
}

function collect(stream: NodeJS.ReadableStream): Buffer[] {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on("data", (chunk: Buffer) => {
    if (size < maxOutput) chunks.push(chunk);
    size += chunk.length;
  });
  return chunks;
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8");
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
