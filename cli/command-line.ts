import { printError } from "./errors/error-printer.ts";
import { runProgram } from "./program.ts";

/** Runs the command; the exit code is what comes back, and what is wrong stands on standard error. */
export async function runCommandLine(argv: readonly string[]): Promise<number> {
  ignoreClosedPipe(process.stdout);
  ignoreClosedPipe(process.stderr);
  if (argv.includes("--no-color")) process.env.NO_COLOR = "1";
  try {
    await runProgram(argv);
    return Number(process.exitCode ?? 0);
  } catch (error) {
    const { text, exitCode } = printError(error);
    process.stderr.write(text);
    return exitCode;
  }
}

/** `lockstep list | head -1` is no error, and a run goes on when nobody reads any more. */
function ignoreClosedPipe(stream: NodeJS.WriteStream): void {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}
