import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signatureNamespace } from "../questions/signed-text.ts";
import { runSshKeygen } from "./ssh-keygen.ts";

/** Whose signature it is, or why it is none that counts. */
export type Verified = Signer | { readonly refusal: string };

/** The person and the key behind a signature. */
export interface Signer {
  /** The first name of the key's line in the allowed-signers file; the others are the same person's. */
  readonly person: string;
  readonly names: readonly string[];
  /** "SHA256:...", as `ssh-keygen -l` prints it. */
  readonly fingerprint: string;
}

export interface VerifyOptions {
  /** Path of the allowed-signers file. */
  readonly file: string;
  /** What must have been signed. */
  readonly text: string;
  readonly signature: string;
  /** When the key must have been valid; now unless given. */
  readonly at?: Date;
}

/**
 * Verifies an SSH signature by `ssh-keygen`. Who signed is told by the key alone, and not by what the answer says of itself.
 *
 * @throws LockstepError `missing-tool` without ssh-keygen.
 */
export async function verifySignature({ file, text, signature, at }: VerifyOptions): Promise<Verified> {
  const folder = await mkdtemp(join(tmpdir(), "lockstep-signature-"));
  try {
    const path = join(folder, "signature");
    await writeFile(path, signature.endsWith("\n") ? signature : `${signature}\n`, { mode: 0o600 });
    const fingerprint = await fingerprintOf(path, text);
    if (typeof fingerprint === "object") return fingerprint;
    const time = at === undefined ? [] : [`-Overify-time=${at.toISOString().slice(0, 19).replaceAll(/\D/g, "")}`];
    const names = await namesOf(file, path, fingerprint, time);
    if ("refusal" in names) return names;
    const [person] = names;
    if (/[*?!]/.test(person)) return { refusal: `${file} names nobody for the key ${fingerprint}, only ${person}` };
    const args = ["-Y", "verify", "-f", file, "-I", person, "-n", signatureNamespace, "-s", path, ...time];
    const { exitCode, said } = await runSshKeygen(args, text);
    return exitCode === 0 ? { person, names, fingerprint } : { refusal: `${person}'s key is not allowed: ${said}` };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The key that signed this very text, whoever it belongs to. */
async function fingerprintOf(path: string, text: string): Promise<string | { readonly refusal: string }> {
  const args = ["-Y", "check-novalidate", "-n", signatureNamespace, "-s", path];
  const { exitCode, out, said } = await runSshKeygen(args, text);
  const fingerprint = /\bSHA256:\S+/.exec(out)?.[0];
  if (exitCode === 0 && fingerprint !== undefined) return fingerprint;
  if (/namespace/.test(said)) return { refusal: `it is no signature for the namespace ${signatureNamespace}` };
  if (/incorrect signature/.test(said)) return { refusal: "it signs another text than what is asked here" };
  return { refusal: `it is no SSH signature: ${said}` };
}

async function namesOf(
  file: string,
  path: string,
  fingerprint: string,
  time: readonly string[],
): Promise<readonly [string, ...string[]] | { readonly refusal: string }> {
  const readable = await readFile(file).then(
    () => true,
    () => false,
  );
  if (!readable) return { refusal: `the allowed signers cannot be read: ${file}` };
  const { out, said } = await runSshKeygen(["-Y", "find-principals", "-f", file, "-s", path, ...time]);
  const [person, ...others] = out.split("\n").filter((name) => name !== "");
  if (person !== undefined) return [person, ...others];
  const dated = /key (has expired|is not yet valid)/.exec(said)?.[1];
  if (dated !== undefined) return { refusal: `the key ${fingerprint} ${dated}, by ${file}` };
  return { refusal: `the key ${fingerprint} is none of ${file}` };
}
