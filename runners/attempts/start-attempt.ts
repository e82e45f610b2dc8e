import type { ChildProcess } from "node:child_process";
import type { Duplex } from "node:stream";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { readBootId } from "../processes/boot-id.ts";
import { readProcess } from "../processes/process-entry.ts";
import type { ProcessIdentity } from "../processes/process-identity.ts";
import type { Attempt, AttemptSpec } from "./attempt.ts";
import { createAttemptFile, createAttemptFolder } from "./attempt-folder.ts";
import { createAttempt } from "./attempt-handle.ts";
import { createLiveOutput, type LiveOutput } from "./live-output.ts";
import { checkSecrets, prepareMasker } from "./masker-program.ts";
import { reserveStatus } from "./status-record.ts";
import { checkCwd, spawnWrapper } from "./wrapper-process.ts";

/**
 * Starts one attempt at a step. It goes on, and its outcome and output are kept, if lockstep dies at any moment.
 *
 * Resolves when its wrapper has been started; the command begins right after. Only when `started` is
 * in the journal may this be called.
 *
 * @throws LockstepError `disk-failed`, `missing-tool` (bash), `cwd-missing`, `spawn-failed`, `bad-parameter` (a secret too
 * short to mask), `shell-nul` and `bad-action` (a standard input that cannot be given). Nothing of the command ran then.
 * @example
 * const attempt = await startAttempt({ folder, script: "make build\n", cwd, env: {}, separateOutput: false, secrets: [], sensitive: false, terminal: false, graceSeconds: 10 });
 * for await (const { text } of attempt.output()) process.stderr.write(text);
 * const outcome = await attempt.ended; // { kind: "exited", exitCode: 0 }
 */
export async function startAttempt(spec: AttemptSpec): Promise<Attempt> {
  checkSpec(spec);
  createAttemptFolder(spec.folder);
  createAttemptFile(spec.folder, "script", spec.script);
  reserveStatus(spec.folder);
  const masker = await prepareMasker(spec);
  const child = await spawnWrapper(spec, masker);
  const exited = exitOf(child);
  const leader = leaderOf(child);
  if (spec.stdin !== undefined) handOver(child.stdin as unknown as Duplex, `${spec.stdin}\0`);
  let live: LiveOutput | undefined;
  if (masker) {
    const channel = child.stdio[3] as unknown as Duplex;
    handOver(channel, `${JSON.stringify(masker.order)}\n`);
    if (spec.sensitive) live = createLiveOutput(channel);
    else channel.resume();
  }
  return createAttempt({
    folder: spec.folder,
    graceSeconds: spec.graceSeconds,
    kind: spec.terminal ? "terminal" : "session",
    leader,
    exited,
    live,
  });
}

function checkSpec(spec: AttemptSpec): void {
  if (spec.stdin?.includes("\0")) {
    throw new LockstepError({
      code: "shell-nul",
      message: "the standard input of a step must not hold a NUL",
      hint: "Give the step a file to read.",
    });
  }
  if (spec.stdin !== undefined && spec.terminal) {
    throw new LockstepError({
      code: "bad-action",
      message: "a step with terminal: true reads the terminal, so it cannot be given a standard input",
      hint: "Leave out terminal or stdin.",
    });
  }
  checkSecrets(spec.secrets);
  checkCwd(spec.cwd);
}

/** The exit code of the wrapper, or undefined if a signal ended it. */
function exitOf(child: ChildProcess): Promise<number | undefined> {
  return new Promise((resolve) => child.once("exit", (code) => resolve(code ?? undefined)));
}

/** Looked up at once: until node has taken notice of its end, no other process can have its pid. */
function leaderOf(child: ChildProcess): ProcessIdentity {
  const pid = child.pid ?? 0;
  return { pid, startTime: readProcess(pid)?.startTime ?? "gone", boot: readBootId() };
}

/** Without ending it: a channel goes both ways. What is not read, since the other end is gone, is no fault here. */
function handOver(stream: Duplex, text: string): void {
  stream.on("error", () => {});
  stream.write(text);
}
