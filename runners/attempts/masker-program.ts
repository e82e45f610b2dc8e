import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { diskFailed } from "../journal/disk-failure.ts";
import type { AttemptSpec } from "./attempt.ts";
import type { MaskerOrder } from "./masker-channel.ts";
import { secretForms } from "./secret-forms.ts";

/** What a wrapper with a masker is started with. */
export interface MaskerSetup {
  readonly program: string;
  readonly order: MaskerOrder;
}

/**
 * `> /dev/stderr` and `tee /dev/stderr` open the file behind it anew and cut off what stands there, where `>&2` would
 * not; behind a pipe there is nothing to cut off. A script that the command calls may do the same unseen.
 */
const reopensOutput = /\/dev\/(?:stdout|stderr|fd\/)|\/proc\/(?:self|\$\$)\/fd/;

/**
 * Prepares the masker of an attempt: finds the program and makes the pipes; undefined if the attempt needs none.
 *
 * The pipes are named ones, since bash 3.2 (macOS) can give a process no two unnamed ones. What passes them is on no disk.
 */
export async function prepareMasker(spec: AttemptSpec): Promise<MaskerSetup | undefined> {
  const needed = spec.secrets.some((secret) => secret !== "") || spec.sensitive || reopensOutput.test(spec.script);
  if (!needed || spec.terminal) return undefined;
  const out = spec.separateOutput;
  const pipes = ["pipe.ack", "pipe.log", ...(out ? ["pipe.out"] : [])].map((name) => join(spec.folder, name));
  await makePipes(pipes);
  // What could be its beginning is held back, so it begins with what no step prints (a record separator).
  const mark = `\u001e${randomBytes(24).toString("hex")}`;
  return {
    program: spec.maskerProgram ?? findMasker(),
    order: { secrets: spec.secrets, mark, out, sensitive: spec.sensitive, pipes },
  };
}

/** Refuses secrets that no masker can keep out, before anything is written. */
export function checkSecrets(secrets: readonly string[]): void {
  for (const secret of secrets) secretForms(secret);
}

async function makePipes(paths: readonly string[]): Promise<void> {
  try {
    await promisify(execFile)("mkfifo", ["-m", "600", ...paths]);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw diskFailed(dirname(paths[0] ?? ""), error);
    throw new LockstepError({
      code: "missing-tool",
      message: "mkfifo was not found, and a step in a run with secrets needs it",
      hint: "Install the POSIX tools (coreutils).",
    });
  }
}

/** `dist/masker.js` of the package that this file is in, whether bundled or not. */
function findMasker(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json")) && folder !== dirname(folder)) folder = dirname(folder);
  const program = join(folder, "dist", "masker.js");
  if (existsSync(program)) return program;
  throw new LockstepError({
    code: "missing-tool",
    message: `${program} is missing, and a step in a run with secrets needs it`,
    hint: "Install lockstep again (in a checkout: npm run build).",
  });
}
