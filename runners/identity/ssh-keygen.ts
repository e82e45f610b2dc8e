import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { runProgram } from "../processes/run-program.ts";

/** How ssh-keygen ended, and what it said. */
export interface SshKeygenResult {
  readonly exitCode: number;
  readonly out: string;
  /** Its complaints, in one line. */
  readonly said: string;
}

/** A signature is verified in milliseconds; only something that waits for a device takes longer. */
const timeout = 30_000;

/**
 * Runs `ssh-keygen`, which comes with OpenSSH.
 *
 * @param input Its standard input; nothing unless given.
 * @throws LockstepError `missing-tool` where there is none.
 */
export async function runSshKeygen(args: readonly string[], input = ""): Promise<SshKeygenResult> {
  // its words are read, and its times are those of UTC
  const env = { LC_ALL: "C", TZ: "UTC" };
  const { exitCode, stdout, stderr, code } = await runProgram("ssh-keygen", args, {
    input,
    env,
    timeout,
    reject: false,
  });
  if (code === "ENOENT") throw noSshKeygen();
  const said = stderr
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("; ");
  return { exitCode: exitCode ?? 1, out: stdout, said };
}

/** The error where signatures cannot be made or verified. */
export function noSshKeygen(): LockstepError {
  return new LockstepError({
    code: "missing-tool",
    message: "ssh-keygen is not installed, and signatures are made and verified by it",
    hint: "Install OpenSSH 8.9 or later (apt-get install openssh-client, brew install openssh)",
  });
}
