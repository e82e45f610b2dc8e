import { type ChildProcess, spawn } from "node:child_process";

export interface LockstepChildOptions {
  /** Passed on to it; its reason is the name of a signal. Without one it goes on when the terminal is closed. */
  readonly signal?: AbortSignal | undefined;
  readonly onStart?: ((child: ChildProcess) => void) | undefined;
}

/** Runs another lockstep in this terminal, and waits for it. Ctrl-C reaches it by itself, so this process ignores it. */
export async function runLockstep(args: readonly string[], { signal, onStart }: LockstepChildOptions): Promise<void> {
  const colors = process.argv.includes("--no-color") ? ["--no-color"] : [];
  const child = spawn(process.execPath, [process.argv[1] ?? "", ...args, ...colors], {
    stdio: "inherit",
    detached: signal === undefined,
  });
  const ignore = (): void => undefined;
  const pass = (): void => void child.kill(signal?.reason);
  process.on("SIGINT", ignore);
  signal?.addEventListener("abort", pass);
  onStart?.(child);
  try {
    await new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  } finally {
    process.off("SIGINT", ignore);
    signal?.removeEventListener("abort", pass);
  }
}
