import { hearAbandonedFailures } from "./errors/abandoned-failures.ts";
import { printError } from "./errors/error-printer.ts";
import { forbidColors } from "./output/color-choice.ts";
import { divertConsole } from "./output/runbook-console.ts";
import { runProgram } from "./program.ts";

/** Runs the command; the exit code is what comes back, and what is wrong stands on standard error. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  outliveReader(process.stdout);
  outliveReader(process.stderr);
  hearAbandonedFailures();
  if (argv.includes("--no-color")) forbidColors();
  divertConsole();
  const exitCode = await runProgram(argv).then(() => undefined, tell);
  await Promise.all([taken(process.stdout), taken(process.stderr)]);
  return exitCode ?? Number(process.exitCode ?? 0);
}

/** Settles once a slow reader has taken all that was written, or is gone: to exit would drop it. */
function taken(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => stream.write("", () => resolve()));
}

function tell(error: unknown): number {
  const { text, exitCode } = printError(error);
  process.stderr.write(text);
  return exitCode;
}

/**
 * `lockstep list | head -1` is no error, and a run goes on when nobody reads any more: its terminal is gone (EIO), or
 * the program behind the pipe (EPIPE). What a full disk does not keep is one.
 */
function outliveReader(stream: NodeJS.WriteStream): void {
  let isTold = false;
  stream.on("error", (error: NodeJS.ErrnoException) => {
    // every later write fails as the first did
    if (error.code === "EPIPE" || error.code === "EIO" || isTold || process.exitCode) return;
    isTold = true;
    process.exitCode = 1;
    if (stream === process.stdout)
      process.stderr.write(`error: standard output cannot be written (${error.code ?? error.message})\n`);
  });
}
