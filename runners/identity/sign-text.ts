import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { runProgram } from "../processes/run-program.ts";
import { signatureNamespace } from "../questions/signed-text.ts";
import { noSshKeygen } from "./ssh-keygen.ts";

/**
 * Signs a text by `ssh-keygen`, which asks for a passphrase, or for a touch of the key, at the terminal.
 *
 * @param key Path of a private key, or of a public one whose private key is in ssh-agent; or the public key itself.
 * @returns The armored signature.
 * @throws LockstepError `missing-tool` without ssh-keygen, `bad-argument` when nothing was signed.
 */
export async function signText(text: string, key: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-sign-"));
  try {
    const file = join(folder, "text");
    await writeFile(file, text, { mode: 0o600 });
    const path = await keyFile(folder, key);
    const args = ["-Y", "sign", "-n", signatureNamespace, "-f", path, file];
    const { exitCode, code } = await runProgram("ssh-keygen", args, {
      stdio: ["inherit", "ignore", "inherit"],
      reject: false,
    });
    if (code === "ENOENT") throw noSshKeygen();
    if (exitCode !== 0) throw notSigned(key);
    return await readFile(`${file}.sig`, "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function keyFile(folder: string, key: string): Promise<string> {
  const literal = key.replace(/^key::/, "");
  if (!/^(ssh|ecdsa|sk)-\S+ /.test(literal)) return key;
  const file = join(folder, "key.pub");
  await writeFile(file, `${literal}\n`, { mode: 0o600 });
  return file;
}

function notSigned(key: string): LockstepError {
  return new LockstepError({
    code: "bad-argument",
    message: `nothing was signed with ${key}`,
    hint: "ssh-keygen says above why; name another key by --key FILE, or add it to ssh-agent by ssh-add",
  });
}
