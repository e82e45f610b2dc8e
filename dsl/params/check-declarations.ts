import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { ParamDeclaration, Params } from "./param.ts";
import { flagOf } from "./parameter-flag.ts";
import { parseParameter } from "./parse-parameter.ts";

/**
 * What the author says of the parameters must fit together, whatever values a user gives.
 *
 * @throws LockstepError `bad-id` for a name that cannot be typed, `bad-parameter` for the rest
 */
export function checkDeclarations(params: Params, at: CallSite): void {
  const flags = new Map<string, string>();
  for (const [name, declaration] of Object.entries(params)) {
    if (!/^[a-z][A-Za-z0-9]*$/.test(name)) throw badName(name, at);
    const other = flags.get(flagOf(name));
    if (other !== undefined) throw sameFlag(other, name, at);
    flags.set(flagOf(name), name);
    checkDeclaration(name, declaration, at);
  }
}

function checkDeclaration(name: string, declaration: ParamDeclaration, at: CallSite): void {
  if (declaration.type === "secret") return;
  if (declaration.type === "string" && declaration.pattern !== undefined) checkPattern(name, declaration.pattern, at);
  if (declaration.type === "oneOf" && declaration.choices.length === 0) throw noChoices(name, at);
  for (const field of ["default", "example"] as const)
    if (declaration[field] !== undefined)
      parseParameter(name, declaration, declaration[field], { what: `the ${field} of ${flagOf(name)}`, at });
}

function checkPattern(name: string, pattern: string, at: CallSite): void {
  try {
    new RegExp(pattern, "u");
  } catch (cause) {
    throw new LockstepError({
      code: "bad-parameter",
      message: `the pattern of ${flagOf(name)} is no regular expression: ${pattern}`,
      hint: (cause as Error).message,
      at,
      cause,
    });
  }
}

function noChoices(name: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-parameter",
    message: `${flagOf(name)} has no choices`,
    hint: 'Name them: param.oneOf(["blue", "green"])',
    at,
  });
}

function badName(name: string, at: CallSite): LockstepError {
  const words = name.replace(/^[^A-Za-z]+/, "").split(/[^A-Za-z0-9]+/);
  const better = words.map((word, index) => (index === 0 ? first(word, "toLowerCase") : first(word, "toUpperCase")));
  return new LockstepError({
    code: "bad-id",
    message: `${JSON.stringify(name)} is no name for a parameter`,
    hint: `Begin with a small letter, then letters and digits${better.join("") === "" ? "" : `: ${better.join("")}`}`,
    at,
  });
}

function first(word: string, change: "toLowerCase" | "toUpperCase"): string {
  return word.charAt(0)[change]() + word.slice(1);
}

function sameFlag(one: string, other: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "duplicate-id",
    message: `the parameters ${one} and ${other} are both typed as ${flagOf(one)}`,
    hint: "Give one of them another name",
    at,
  });
}
