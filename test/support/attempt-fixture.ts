import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import esbuild from "esbuild";
import type { Attempt, AttemptSpec } from "../../runners/attempts/attempt.ts";
import { type InspectOptions, inspectAttempt } from "../../runners/attempts/inspect-attempt.ts";
import { startAttempt } from "../../runners/attempts/start-attempt.ts";

/** A temporary folder with attempts in it; `clean` ends what they left running, each by its own session, and removes it. */
export function createAttemptFixture() {
  const root = mkdtempSync(join(tmpdir(), "lockstep-attempt-"));
  const maskerProgram = join(process.cwd(), "dist", "masker.js");
  const started: Attempt[] = [];
  const parents: ChildProcess[] = [];
  let count = 0;
  const spec = (script: string, more: Partial<AttemptSpec> = {}): AttemptSpec => ({
    folder: join(root, "attempts", `step.${++count}`),
    script,
    cwd: root,
    env: {},
    separateOutput: false,
    secrets: [],
    withheld: [],
    sensitive: false,
    terminal: false,
    graceSeconds: 0.3,
    maskerProgram,
    ...more,
  });
  return {
    root,
    spec,
    async start(script: string, more: Partial<AttemptSpec> = {}): Promise<Attempt> {
      const attempt = await startAttempt(spec(script, more));
      started.push(attempt);
      return attempt;
    },
    /** Starts an attempt from a lockstep of its own, which can be killed; resolves when the wrapper was started. */
    async startFromAnotherProcess(given: AttemptSpec): Promise<ChildProcess> {
      const program = join(root, "parent.mjs");
      const stdin = {
        contents: `import { startAttempt } from "./runners/attempts/start-attempt.ts";
          await startAttempt(JSON.parse(process.env.SPEC));
          process.stdout.write("started");
          setInterval(() => {}, 1000);`,
        resolveDir: process.cwd(),
      };
      await esbuild.build({
        stdin,
        outfile: program,
        bundle: true,
        format: "esm",
        platform: "node",
        logLevel: "silent",
      });
      const parent = spawn(process.execPath, [program], {
        env: { ...process.env, SPEC: JSON.stringify(given) },
        stdio: ["ignore", "pipe", "inherit"],
      });
      parents.push(parent);
      await new Promise((resolve) => parent.stdout.once("data", resolve));
      return parent;
    },
    async clean(): Promise<void> {
      for (const parent of parents) await kill(parent);
      await Promise.all(started.map((attempt) => attempt.end("interrupt")));
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** Kills a process outright and waits until it is gone. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** All that an attempt writes, by stream. */
export async function readOutput(attempt: Attempt): Promise<{ stdout: string; stderr: string }> {
  const texts = { stdout: "", stderr: "" };
  for await (const { stream, text } of attempt.output()) texts[stream] += text;
  return texts;
}

/** What became of an attempt, without the moment of its end, which no test can know beforehand. */
export async function stateOf(folder: string, options?: InspectOptions): Promise<object> {
  const { endedAt, ...state } = { endedAt: undefined, ...(await inspectAttempt(folder, options)) };
  if (state.state === "ended" && !(Number(endedAt) > 0)) throw new Error(`it ended at ${endedAt}`);
  return state;
}

/** Waits for something that happens without a notice; a test that waits in vain is ended by the runner. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 10));
}
