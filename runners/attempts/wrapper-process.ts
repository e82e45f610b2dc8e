import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { accessSync, closeSync, constants, statSync } from "node:fs";
import { delimiter, join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { readBootId } from "../processes/boot-id.ts";
import { inheritedEnvironment } from "../processes/inherited-environment.ts";
import { markedEnvironment, markOf } from "../processes/marked-processes.ts";
import type { AttemptSpec } from "./attempt.ts";
import { openForAppend } from "./attempt-folder.ts";
import type { MaskerSetup } from "./masker-program.ts";
import { wrapperScript } from "./wrapper-script.ts";

/**
 * Starts the wrapper of an attempt; resolves when the process is there.
 *
 * @throws LockstepError `missing-tool` without bash, `cwd-missing`, `spawn-failed`, `disk-failed`.
 */
export async function spawnWrapper(spec: AttemptSpec, masker: MaskerSetup | undefined): Promise<ChildProcess> {
  const stdio = openStdio(spec, masker);
  try {
    const child = spawn(
      findBash(),
      ["--norc", "-p", "-c", wrapperScript, "lockstep-attempt", ...wrapperArguments(spec, masker)],
      {
        cwd: spec.cwd,
        env: {
          ...inheritedEnvironment(spec.withheld),
          ...spec.env,
          ...markedEnvironment(markOf(spec.folder)),
        },
        detached: !spec.terminal,
        stdio,
      },
    );
    await new Promise((resolve, reject) => child.once("spawn", resolve).once("error", reject));
    return child;
  } catch (error) {
    if (error instanceof LockstepError) throw error;
    checkCwd(spec.cwd);
    throw new LockstepError({
      code: "spawn-failed",
      message: `bash could not be started (${(error as Error).message})`,
      hint: "Nothing of the step ran. Mend the cause, then resume the run.",
      cause: error,
    });
  } finally {
    for (const fd of new Set(stdio)) if (typeof fd === "number") closeSync(fd);
  }
}

/** Refuses a folder that is not there, since the system's own error would blame bash. */
export function checkCwd(cwd: string): void {
  if (statSync(cwd, { throwIfNoEntry: false })?.isDirectory()) return;
  throw new LockstepError({
    code: "cwd-missing",
    message: `the folder ${cwd}, in which the step is to run, does not exist`,
    hint: "Create it, or mend the cwd of the step or of its section.",
  });
}

function openStdio(
  spec: AttemptSpec,
  masker: MaskerSetup | undefined,
): (number | "ignore" | "inherit" | "pipe")[] & StdioOptions {
  if (spec.terminal) return ["inherit", "inherit", "inherit"];
  const stdin = spec.stdin === undefined ? "ignore" : "pipe";
  if (spec.sensitive) return [stdin, "ignore", "ignore", "pipe"];
  const log = openForAppend(spec.folder, "log");
  try {
    const out = spec.separateOutput ? openForAppend(spec.folder, "out") : log;
    return [stdin, out, log, ...(masker ? (["pipe"] as const) : [])];
  } catch (error) {
    closeSync(log);
    throw error;
  }
}

function wrapperArguments(spec: AttemptSpec, masker: MaskerSetup | undefined): readonly string[] {
  const umask = process.umask().toString(8).padStart(4, "0");
  const kind = spec.terminal ? "terminal" : "session";
  const own = [
    spec.folder,
    umask,
    readBootId(),
    new Date().toISOString(),
    kind,
    spec.stdin === undefined ? "" : "stdin",
    (masker ? masker.order.out : spec.separateOutput && !spec.terminal) ? "out" : "",
  ];
  return masker ? [...own, process.execPath, masker.program, masker.order.mark] : own;
}

let foundBash: string | undefined;

/** By lockstep's own PATH: that of the step may have been set to anything. */
function findBash(): string {
  foundBash ??= (process.env.PATH ?? "/usr/bin:/bin")
    .split(delimiter)
    .map((folder) => join(folder, "bash"))
    .find(isExecutable);
  if (foundBash) return foundBash;
  throw new LockstepError({
    code: "missing-tool",
    message: "bash was not found in PATH, and every step needs it",
    hint: "Install bash, or add its folder to PATH.",
  });
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
