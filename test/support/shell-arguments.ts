import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A shell and the lines that come before the commands. */
export interface RealShell {
  readonly command: readonly string[];
  readonly prelude?: string;
}

export const bash: RealShell = { command: ["bash", "-euo", "pipefail"] };
export const bashWithHistory: RealShell = {
  command: ["bash"],
  prelude: "unset HISTFILE; HISTSIZE=10; set -o history; set -H\nshow an earlier command",
};
export const zsh: RealShell = { command: ["zsh", "-f", "-e"] };
export const dash: RealShell = { command: ["dash", "-eu"] };

export function isInstalled(shell: RealShell): boolean {
  return spawnSync(shell.command[0] ?? "", ["-c", "true"]).status === 0;
}

/**
 * Runs command texts in one process of a real shell, and gives the arguments that `show` got in each. `show` may
 * be called several times; `show_v` shows the variable V.
 */
export function argumentsIn(shell: RealShell, texts: readonly string[]): readonly (readonly string[])[] {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-shell-"));
  try {
    const file = join(folder, "script");
    const lines = ["show() { printf '%s\\0' \"$@\"; }", 'show_v() { show "$V"; }', shell.prelude ?? ""];
    const marked = texts.map((text, index) => `printf '\\0%s\\0' "mark ${index}"\n${text}\n`);
    writeFileSync(file, `${[...lines, ...marked].join("\n")}\n`);
    const [command = "", ...options] = shell.command;
    const env = { PATH: process.env.PATH, HOME: "/h", LC_ALL: "C.UTF-8" };
    const result = spawnSync(command, [...options, file], { cwd: folder, env, maxBuffer: 2 ** 30 });
    if (result.status !== 0 || result.stderr.length > 0)
      throw new Error(`${command} ended with ${result.status}: ${result.stderr.toString().slice(0, 2000)}`);
    return splitMarked(result.stdout.toString(), texts.length);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** For each text, whether bash can read it; nothing runs. All are judged by one process and its children. */
export function readableByBash(texts: readonly string[]): readonly boolean[] {
  const loop = 'while IFS= read -r -d "" text; do bash -n -c "$text" 2>/dev/null && echo yes || echo no; done';
  const input = texts.map((text) => `${text}\0`).join("");
  const result = spawnSync("bash", ["-c", loop], { input, maxBuffer: 2 ** 30 });
  return result.stdout
    .toString()
    .trim()
    .split("\n")
    .map((line) => line === "yes");
}

function splitMarked(output: string, count: number): readonly (readonly string[])[] {
  let offset = 0;
  return Array.from({ length: count }, (_, index) => {
    const mark = `\0mark ${index}\0`;
    const start = output.indexOf(mark, offset);
    if (start < 0) return [];
    const next = output.indexOf(`\0mark ${index + 1}\0`, start + mark.length);
    offset = next < 0 ? output.length : next;
    const shown = output.slice(start + mark.length, offset);
    return shown === "" ? [] : shown.replace(/\0$/, "").split("\0");
  });
}
