import type { Plan } from "../../dsl/plan/plan.ts";

/**
 * What a command inherits from this process: all but the variables that secrets come from, which a step is given under
 * the names of its own `env`, and what of the shell that lockstep was started from would change what the characters of a
 * script mean: its options, its exported functions and the file that `BASH_ENV` names.
 */
export function inheritedEnvironment(withheld: readonly string[]): NodeJS.ProcessEnv {
  const { SHELLOPTS, BASHOPTS, BASH_ENV, ...inherited } = process.env;
  const functions = Object.keys(inherited).filter((name) => name.startsWith("BASH_FUNC_"));
  for (const name of [...withheld, ...functions]) delete inherited[name];
  return inherited;
}

/** Names of the variables that the secrets of a plan come from. */
export function secretVariables({ parameters }: Pick<Plan, "parameters">): readonly string[] {
  return parameters.flatMap(({ declaration }) =>
    declaration.type === "secret" && declaration.from?.env !== undefined ? [declaration.from.env] : [],
  );
}
