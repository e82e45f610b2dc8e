import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** People with SSH keys of their own, in a temporary folder. */
export interface SigningPeople {
  readonly folder: string;
  /** Path of a private key; made when it is first asked for. */
  keyOf(person: string): string;
  /** "ssh-ed25519 AAAA...", as it stands in an allowed-signers file. */
  publicKeyOf(person: string): string;
  /** "SHA256:...". */
  fingerprintOf(person: string): string;
  /** Writes an allowed-signers file with these lines; its path. */
  allow(...lines: readonly string[]): string;
  /** The armored signature of a text. */
  sign(person: string, text: string, namespace?: string): string;
  clean(): void;
}

export function signingPeople(): SigningPeople {
  const folder = mkdtempSync(join(tmpdir(), "lockstep-people-"));
  const made = new Set<string>();
  const people: SigningPeople = {
    folder,
    keyOf: (person) => {
      const file = join(folder, person);
      if (!made.has(person)) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file]);
      made.add(person);
      return file;
    },
    publicKeyOf: (person) => readFileSync(`${people.keyOf(person)}.pub`, "utf8").trim(),
    fingerprintOf: (person) => {
      const said = execFileSync("ssh-keygen", ["-l", "-f", `${people.keyOf(person)}.pub`], { encoding: "utf8" });
      return /SHA256:\S+/.exec(said)?.[0] ?? "";
    },
    allow: (...lines) => {
      const file = join(folder, "allowed_signers");
      writeFileSync(file, lines.map((line) => `${line}\n`).join(""));
      return file;
    },
    sign: (person, text, namespace = "lockstep") =>
      execFileSync("ssh-keygen", ["-q", "-Y", "sign", "-n", namespace, "-f", people.keyOf(person)], {
        input: text,
        encoding: "utf8",
        stdio: ["pipe", "pipe", "ignore"],
      }),
    clean: () => rmSync(folder, { recursive: true, force: true }),
  };
  return people;
}
