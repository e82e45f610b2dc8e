import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";
import esbuild from "esbuild";
import type { RunEvent, RunMode } from "../../runners/events/run-event.ts";
import type { RunResult } from "../../runners/run-options.ts";

/** A lockstep of its own, which can be killed. */
export interface RunProcess {
  readonly pid: number;
  /** The events so far. */
  readonly events: readonly RunEvent[];
  /** Resolves with the first event, past or to come, that fits; undefined if it ends without one. */
  waitFor(fits: (event: RunEvent) => boolean): Promise<RunEvent | undefined>;
  /** As `kill -9`; resolves when it is gone. */
  kill(): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  /** How the run ended: its result, or the error's code and message. Undefined if it was killed. */
  readonly ended: Promise<RunResult | { readonly code: string; readonly message: string } | undefined>;
}

export interface RunProcessOptions {
  /** A module of tests that exports functions which make runbooks, and the name of the function. */
  readonly module: string;
  readonly make: string;
  readonly args?: readonly unknown[];
  readonly root: string;
  /** Resume the newest run instead. */
  readonly resume?: boolean;
  /** Undo the newest run instead. */
  readonly rollback?: boolean;
  readonly mode?: RunMode;
  readonly secrets?: Readonly<Record<string, string>>;
  /** The module whose `main` runs it; `run-main.ts` unless given. */
  readonly program?: string;
  /** What that module wants to know besides. */
  readonly extra?: Readonly<Record<string, unknown>>;
}

const bundles = new Map<string, Promise<string>>();
const children = new Set<ChildProcess>();
let folder: string | undefined;

process.once("exit", () => {
  for (const child of children) child.kill("SIGKILL");
  if (folder) rmSync(folder, { recursive: true, force: true });
});

/** Starts lockstep in another process. */
export async function startRun({
  module,
  make,
  args = [],
  program = "test/support/run-main.ts",
  ...options
}: RunProcessOptions): Promise<RunProcess> {
  const name = `${program} ${module}`;
  if (!bundles.has(name)) bundles.set(name, bundle(program, module));
  const file = await bundles.get(name);
  const child = spawn(process.execPath, [file ?? "", JSON.stringify({ make, args, ...options })], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.add(child);
  const gone = new Promise<void>((done) => child.once("close", () => done()));
  gone.finally(() => children.delete(child));
  const events: RunEvent[] = [];
  let result: RunResult | undefined;
  const heard: (() => void)[] = [];
  const wake = (): void => {
    for (const done of heard.splice(0)) done();
  };
  createInterface(child.stdout).on("line", (line) => {
    const said = JSON.parse(line) as { event: RunEvent } | { result: RunResult };
    if ("event" in said) events.push(said.event);
    else result = said.result;
    wake();
  });
  let over = false;
  const ended = gone.then(() => {
    over = true;
    wake();
    return result;
  });
  return {
    pid: child.pid ?? 0,
    events,
    ended,
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
    waitFor: async (fits) => {
      for (let next = 0; ; next += 1) {
        while (next >= events.length) {
          if (over) return undefined;
          await new Promise<void>((done) => heard.push(done));
        }
        const event = events[next] as RunEvent;
        if (fits(event)) return event;
      }
    },
  };
}

async function bundle(program: string, module: string): Promise<string> {
  folder ??= mkdtempSync(join(tmpdir(), "lockstep-program-"));
  const outfile = join(folder, `${bundles.size}.mjs`);
  await esbuild.build({
    stdin: {
      contents: `import * as runbooks from ${JSON.stringify(`./${module}`)};
        import { main } from ${JSON.stringify(`./${program}`)};
        await main(runbooks);`,
      resolveDir: process.cwd(),
    },
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    logLevel: "error",
    tsconfigRaw: { compilerOptions: { verbatimModuleSyntax: true } },
    // spelled so, since the bundler of the tests replaces it in this file
    define: { [["import", "meta", "url"].join(".")]: JSON.stringify(pathToFileURL(resolve("runners/index.ts")).href) },
    banner: {
      js: 'import { createRequire as _create } from "node:module"; const require = _create(process.cwd() + "/x.js");',
    },
  });
  return outfile;
}
