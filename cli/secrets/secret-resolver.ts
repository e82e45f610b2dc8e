import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { SecretSource } from "../../dsl/params/param.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { inheritedEnvironment, secretVariables } from "../../runners/processes/inherited-environment.ts";
import { endBundler } from "../loading/bundler.ts";
import { howToGive } from "./how-to-give.ts";

export interface SecretOptions {
  /** False for a secret that may be missing: a rollback must not wait for one that no undo uses. */
  readonly isNeeded?: (name: string) => boolean;
  /** Hears of those that no source has and that may be asked for, in place of an error. */
  readonly onMissing?: (name: string) => void;
}

/**
 * The values of a plan's secret parameters, each from the first of its sources that has one: environment variable,
 * file, command. They never stand in a plan. The environment variables are taken out of this process, so that no
 * command inherits them, that of another secret neither: a step has the secrets that it names, under the names that it gives them.
 *
 * @throws {LockstepError} `missing-parameter`, with the ways to give it; `unreadable-file`.
 */
export async function resolveSecrets(
  { id, parameters }: Pick<Plan, "id" | "parameters">,
  root: string,
  { isNeeded = () => true, onMissing }: SecretOptions = {},
): Promise<Readonly<Record<string, string>>> {
  // it was started with the variables
  await endBundler();
  const withheld = secretVariables({ parameters });
  const secrets: Record<string, string> = {};
  for (const { name, flag, declaration } of parameters) {
    if (declaration.type !== "secret") continue;
    const asks = onMissing !== undefined && isAskedFor(declaration.from);
    const value = await fromSource(flag, declaration.from ?? {}, { root, withheld, asks }).catch((error: unknown) => {
      if (isNeeded(name)) throw error;
    });
    if ((value === undefined || value === "") && !isNeeded(name)) continue;
    if ((value === undefined || value === "") && asks) {
      onMissing(name);
      continue;
    }
    if (value === undefined || value === "")
      throw new LockstepError({
        code: "missing-parameter",
        message: `${id} needs the secret ${flag}`,
        hint: howToGive(flag, declaration),
      });
    secrets[name] = value;
  }
  // all are looked up by now: two secrets may name one variable
  for (const { declaration } of parameters)
    if (declaration.type === "secret" && declaration.from?.env !== undefined) delete process.env[declaration.from.env];
  return secrets;
}

/** Only where its author says so: a variable that was forgotten is not to be typed by whoever happens to be there. */
function isAskedFor(from: SecretSource = {}): boolean {
  return from.prompt === true || Object.keys(from).length === 0;
}

async function fromSource(
  flag: string,
  { env, file, command }: SecretSource,
  place: CommandPlace,
): Promise<string | undefined> {
  const variable = env === undefined ? undefined : process.env[env];
  if (variable !== undefined && variable !== "") return variable;
  if (file !== undefined) {
    const text = await readSecretFile(flag, resolve(place.root, file), command === undefined && !place.asks);
    if (text !== undefined) return withoutNewline(text);
  }
  return command === undefined ? undefined : printedBy(flag, command, place);
}

async function readSecretFile(flag: string, path: string, lastWay: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    if (code === "ENOENT" && !lastWay) return undefined;
    const reason = code === "ENOENT" ? "is not there" : "cannot be read";
    throw new LockstepError({
      code: "unreadable-file",
      message: `the file of the secret ${flag} ${reason}: ${path}`,
      hint: "Create it, readable by you alone",
      cause,
    });
  }
}

/**
 * Where the command of a secret runs, the variables that it does not inherit (those of all secrets), and whether somebody
 * is asked where no source has it.
 */
interface CommandPlace {
  readonly root: string;
  readonly withheld: readonly string[];
  readonly asks: boolean;
}

async function printedBy(
  flag: string,
  command: string,
  { root, withheld, asks }: CommandPlace,
): Promise<string | undefined> {
  const { runProgram } = await import("../../runners/processes/run-program.ts");
  // its prompts go to the terminal; what it prints goes nowhere but here
  const { stdout, exitCode, failed } = await runProgram("bash", ["--norc", "-c", command], {
    cwd: root,
    env: inheritedEnvironment(withheld),
    extendEnv: false,
    reject: false,
    stdin: "inherit",
    stderr: "inherit",
  });
  if (!failed) return withoutNewline(stdout);
  // whoever is asked has read what it says of itself
  if (asks) return undefined;
  throw new LockstepError({
    code: "missing-parameter",
    message: `the command of the secret ${flag} ended with ${exitCode ?? "a signal"}`,
    hint: `Try it: ${command}`,
  });
}

function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, "");
}
