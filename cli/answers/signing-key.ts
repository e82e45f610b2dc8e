import { homedir } from "node:os";
import { resolve } from "node:path";
import { runProgram } from "../../runners/processes/run-program.ts";

/** The key that a person signs with: the one that is named, else the SSH key that git signs with; undefined without one. */
export async function signingKey(named: string | undefined, root: string): Promise<string | undefined> {
  if (named !== undefined) return resolve(named);
  const configured = await gitValue("user.signingkey", root);
  if (configured === undefined) return undefined;
  if (/^(key::|(ssh|ecdsa|sk)-\S+ )/.test(configured)) return configured;
  const path = configured.replace(/^~(?=\/)/, homedir());
  // without it, git takes the name for one of OpenPGP
  return (await gitValue("gpg.format", root)) === "ssh" ? resolve(path) : undefined;
}

async function gitValue(name: string, cwd: string): Promise<string | undefined> {
  const { stdout, exitCode } = await runProgram("git", ["config", "--get", name], { cwd, reject: false });
  return exitCode === 0 && stdout?.trim() ? stdout.trim() : undefined;
}
