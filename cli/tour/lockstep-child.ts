import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ownPackage } from "../loading/package-root.ts";

/**
 * Runs another lockstep in this terminal, and waits for it. Signals are its business: Ctrl-C reaches it by itself, and
 * what is sent to this process is passed on.
 *
 * @returns Its exit code.
 */
export async function runLockstep(
  args: readonly string[],
  whileItRuns: (child: ChildProcess) => () => void = () => () => undefined,
): Promise<number> {
  const child = spawn(process.execPath, [join(ownPackage().root, "dist/cli/main.js"), ...args], { stdio: "inherit" });
  const ignore = (): void => undefined;
  const pass = (signal: NodeJS.Signals): void => void child.kill(signal);
  process.on("SIGINT", ignore).on("SIGTERM", pass).on("SIGHUP", pass);
  const stop = whileItRuns(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 0)));
    });
  } finally {
    stop();
    process.off("SIGINT", ignore).off("SIGTERM", pass).off("SIGHUP", pass);
  }
}
