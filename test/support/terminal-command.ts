import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

export interface TerminalResult {
  /** What the terminal shows, both streams together. */
  readonly screen: string;
  /** The same without control sequences. */
  readonly text: string;
  readonly exitCode: number | null;
}

/** Runs the built command in a pseudo-terminal of 60 columns, and types `keys` when it shows `prompt`. */
export async function inTerminal(
  folder: string,
  args: readonly string[],
  {
    prompt,
    keys,
    env = {},
  }: { readonly prompt?: RegExp; readonly keys?: string; readonly env?: Readonly<Record<string, string>> } = {},
): Promise<TerminalResult> {
  const command = [
    "stty cols 60 rows 24;",
    ...[process.execPath, binary, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`),
  ].join(" ");
  const { NO_COLOR: _color, ...inherited } = process.env;
  const child = spawn("script", ["-qec", command, "/dev/null"], {
    cwd: folder,
    env: { ...inherited, LC_ALL: "C.UTF-8", TERM: "xterm", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const end = (): boolean => child.kill("SIGKILL");
  process.once("exit", end);
  // a prompt that never comes must not hold the test for ever
  const limit = setTimeout(end, 30_000);
  let screen = "";
  let typed = false;
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    screen += text;
    if (typed || prompt === undefined || keys === undefined || !prompt.test(screen)) return;
    typed = true;
    child.stdin.write(keys);
  });
  const exitCode = await new Promise<number | null>((resolve, reject) =>
    child.on("error", reject).on("close", resolve),
  );
  clearTimeout(limit);
  process.off("exit", end);
  const lines = screen.replaceAll("\r\n", "\n");
  return { screen: lines, text: lines.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, ""), exitCode };
}
