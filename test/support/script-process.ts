import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { build } from "esbuild";
import { tempFolder } from "./temp-folder.ts";

/** A TypeScript file of the tests that runs as a process of its own. */
export interface ScriptProcess {
  readonly pid: number;
  /** The next line that it prints; rejects if it ends without one. */
  nextLine(): Promise<string>;
  /** Sends it a line. */
  tell(line: string): void;
  /** Ends it like `kill -9`, and waits until it is gone. */
  kill(): Promise<void>;
  /** Closes its input, and waits until it ends by itself: all lines that it still prints. */
  finish(): Promise<string[]>;
}

const started = new Set<ScriptProcess>();

/** Ends what still runs of the scripts, for a suite's `after`: a test that failed may have left some. */
export async function endScripts(): Promise<void> {
  await Promise.all([...started].map((script) => script.kill()));
}

/** Bundles a TypeScript file so that Node can run it. */
export async function bundleScript(file: string): Promise<string> {
  const outfile = join(await tempFolder(), "script.mjs");
  // for the packages that are CommonJS
  const banner = { js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);' };
  const settings = { bundle: true, format: "esm", platform: "node", logLevel: "error" } as const;
  await build({ entryPoints: [file], outfile, banner, ...settings });
  return outfile;
}

/** Starts a bundled script; `prefix` is a command that runs it, such as `["bash", "-c", "ulimit -f 8; exec \"$@\"", "-"]`. */
export function startScript(bundle: string, args: readonly string[], prefix: readonly string[] = []): ScriptProcess {
  const [command = process.execPath, ...rest] = [...prefix, process.execPath, bundle, ...args];
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(command, rest, {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const gone = once(child, "exit");
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  process.once("exit", () => child.kill("SIGKILL"));
  const script: ScriptProcess = {
    pid: child.pid ?? 0,
    async nextLine() {
      const { value, done } = await lines.next();
      if (done) throw new Error("the script ended without another line");
      return value;
    },
    tell(line) {
      child.stdin.write(`${line}\n`);
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async finish() {
      child.stdin.end();
      const rest: string[] = [];
      for (let next = await lines.next(); !next.done; next = await lines.next()) rest.push(next.value);
      await gone;
      return rest;
    },
  };
  started.add(script);
  gone.finally(() => started.delete(script));
  return script;
}
