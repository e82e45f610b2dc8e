import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import * as assert from "uvu/assert";
import { tempFolder } from "./temp-folder.ts";

// each temporary folder is removed by a listener of its own
process.setMaxListeners(200);

const binary = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));

/** What a stream must hold: all of it as a text, or a part by a pattern. */
export type Expected = string | RegExp;

export interface CommandResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
}

/** A command line of lockstep with what is expected of it; runs when it is awaited. */
export interface LockstepCommand extends PromiseLike<CommandResult> {
  in(folder: string): LockstepCommand;
  env(variables: Readonly<Record<string, string>>): LockstepCommand;
  /** Another command before the binary, such as `["bash", "-c", "ulimit -f 0; exec \"$@\"", "-"]`. */
  through(prefix: readonly string[]): LockstepCommand;
  /** A signal for the command, once its standard error matches. */
  sends(signal: NodeJS.Signals, after: RegExp): LockstepCommand;
  /** Something else that is done once its standard error matches, while it runs. */
  meanwhile(after: RegExp, action: (stderr: string) => PromiseLike<unknown>): LockstepCommand;
  /** Standard output; without this it must be empty. */
  prints(...expected: readonly Expected[]): LockstepCommand;
  /** Standard error; without this it must be empty. */
  says(...expected: readonly Expected[]): LockstepCommand;
  /** The exit code, null if a signal ended it; without this it must be 0. */
  exits(code: number | null): LockstepCommand;
}

interface State {
  readonly args: readonly string[];
  readonly folder: string;
  readonly variables: Readonly<Record<string, string>>;
  readonly prefix: readonly string[];
  readonly stdout: readonly Expected[];
  readonly stderr: readonly Expected[];
  readonly exitCode: number | null;
  readonly meanwhile?: {
    readonly after: RegExp;
    readonly action: (stderr: string, child: ChildProcess) => PromiseLike<unknown> | boolean;
  };
}

/**
 * Runs the built command as a person does, and demands silence on the streams that are not named.
 *
 * @example
 * await lockstep("run", "helo").in(folder).says('error: no runbook "helo". Did you mean hello?\n').exits(2);
 */
export function lockstep(...args: readonly string[]): LockstepCommand {
  return create({ args, folder: process.cwd(), variables: {}, prefix: [], stdout: [], stderr: [], exitCode: 0 });
}

function create(state: State): LockstepCommand {
  const change = (more: Partial<State>): LockstepCommand => create({ ...state, ...more });
  return {
    in: (folder) => change({ folder }),
    env: (variables) => change({ variables: { ...state.variables, ...variables } }),
    through: (prefix) => change({ prefix }),
    sends: (name, after) => change({ meanwhile: { after, action: (_, child) => child.kill(name) } }),
    meanwhile: (after, action) => change({ meanwhile: { after, action } }),
    prints: (...stdout) => change({ stdout: [...state.stdout, ...stdout] }),
    says: (...stderr) => change({ stderr: [...state.stderr, ...stderr] }),
    exits: (exitCode) => change({ exitCode }),
    then: (resolve, reject) => run(state).then(resolve, reject),
  };
}

async function run(state: State): Promise<CommandResult> {
  const result = await spawnCommand(state);
  const shown = `lockstep ${state.args.join(" ")}\nexit code ${result.exitCode}\n--- stdout\n${result.stdout}\n--- stderr\n${result.stderr}`;
  check(result.stdout, state.stdout, `standard output of ${shown}`);
  check(result.stderr, state.stderr, `standard error of ${shown}`);
  assert.not.match(result.stderr, /^ {4}at /m, `a stack trace of ${shown}`);
  assert.is(result.exitCode, state.exitCode, shown);
  return result;
}

function check(text: string, expected: readonly Expected[], what: string): void {
  if (expected.length === 0) assert.is(text, "", `must be silent: ${what}`);
  for (const part of expected) {
    if (typeof part === "string") assert.is(text, part, what);
    else assert.match(text, part, `${part} in ${what}`);
  }
}

function spawnCommand({ args, folder, variables, prefix, meanwhile }: State): Promise<CommandResult> {
  const [command = process.execPath, ...rest] = [...prefix, process.execPath, binary, ...args];
  const { NO_COLOR: _color, FORCE_COLOR: _force, ...env } = process.env;
  const child = spawn(command, rest, {
    cwd: folder,
    env: { ...env, LC_ALL: "C.UTF-8", TZ: "UTC", ...variables },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const end = (): boolean => child.kill("SIGKILL");
  process.once("exit", end);
  return new Promise((resolve, reject) => {
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    let other: PromiseLike<unknown> | boolean | undefined;
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (other === undefined && meanwhile?.after.test(stderr)) other = meanwhile.action(stderr, child);
    });
    child.on("error", reject);
    child.on("close", (exitCode) => {
      process.off("exit", end);
      Promise.resolve(other).then(() => resolve({ stdout, stderr, exitCode }), reject);
    });
  });
}

/** A temporary project with these files, removed when the test ends. */
export async function project(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await tempFolder();
  for (const [path, text] of Object.entries(files)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    if (text.startsWith("#!")) chmodSync(file, 0o755);
  }
  return folder;
}

/** The text of a runbook file with this id, whose body stands in `blocks`; the names that it uses must be imported here. */
export function runbookText(id: string, blocks: string, options = ""): string {
  return `import { approval, checklist, code, manual, minutes, notNeeded, param, section, seconds, sh, step, runbook, text, undoBy, wait, when } from "lockstep";
export default runbook({ id: "${id}", title: "The ${id} runbook", ${options} }, (p) => [${blocks}]);
`;
}

/** A runbook whose one step reads. */
export function readingRunbook(id: string, options = ""): string {
  return runbookText(id, `step("look", "Look", sh.read\`echo seen\`)`, options);
}
