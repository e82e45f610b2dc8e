import { readFile } from "node:fs/promises";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { RunbookCard } from "../loading/runbook-card.ts";
import { howToGive } from "../secrets/how-to-give.ts";
import type { ValueOptions } from "./value-options.ts";

/**
 * The values that were given, by name: from the file, then from `-p` and the parameters' own flags, the later wins.
 * They are not parsed here; `compile` knows their types.
 *
 * @throws {LockstepError} `bad-argument`, `unreadable-file`, `unknown-parameter`, `bad-parameter` for a secret.
 */
export async function readValues(
  card: RunbookCard,
  { params, param = [] }: ValueOptions,
  flags: Readonly<Record<string, unknown>> = {},
): Promise<Readonly<Record<string, unknown>>> {
  const file = params === undefined ? {} : await readParamsFile(params);
  const typed = Object.fromEntries(param.map((text) => splitPair(text, "-p")));
  const given = { ...named(card, file), ...named(card, typed), ...named(card, flags) };
  for (const name of Object.keys(given)) refuseSecret(card, name);
  return given;
}

/** Names and values of `name=value`. */
export function splitPair(text: string, option: string): readonly [string, string] {
  const at = text.indexOf("=");
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new LockstepError({
    code: "bad-argument",
    message: `${option} ${text} has no value`,
    hint: `write ${option} ${text.replace("=", "") || "name"}=...`,
  });
}

async function readParamsFile(path: string): Promise<Readonly<Record<string, unknown>>> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const reason = (cause as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : "cannot be read";
    throw new LockstepError({
      code: "unreadable-file",
      message: `the parameter file ${path} ${reason}`,
      hint: "--params takes a JSON file",
      cause,
    });
  }
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch (cause) {
    throw badFile(path, `is no JSON: ${(cause as Error).message.split("\n")[0]}`);
  }
  throw badFile(path, "is no JSON object");
}

function badFile(path: string, what: string): LockstepError {
  return new LockstepError({
    code: "bad-argument",
    message: `the parameter file ${path} ${what}`,
    hint: 'write { "version": "v1.2.3" }',
  });
}

/** Names as the runbook declares them, whichever way they were typed. */
function named(card: RunbookCard, values: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const names = Object.keys(card.params);
  return Object.fromEntries(
    Object.entries(values).map(([typed, value]) => {
      const name = names.find((candidate) => candidate === typed || flagOf(candidate) === typed);
      if (name !== undefined) return [name, value];
      const flags = names.map(flagOf);
      const otherwise = flags.length === 0 ? "It takes none" : `It takes ${flags.join(", ")}`;
      throw new LockstepError({
        code: "unknown-parameter",
        message: `${card.id} has no parameter ${typed}`,
        hint: didYouMean(typed, flags, otherwise),
      });
    }),
  );
}

/** A secret on the command line stands in the shell's history and in the process list. */
function refuseSecret(card: RunbookCard, name: string): void {
  const declaration = card.params[name];
  if (declaration?.type !== "secret") return;
  throw new LockstepError({
    code: "bad-parameter",
    message: `${flagOf(name)} is a secret and is not given as a value`,
    hint: howToGive(flagOf(name), declaration),
  });
}
