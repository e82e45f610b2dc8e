import type { Plan } from "../../dsl/plan/plan.ts";

/**
 * What a command inherits from this process: all but the variables that secrets come from, which a step is given under
 * the names of its own `env`, and the options of a bash that lockstep was started from, which would change what the
 * characters of a script mean.
 */
export function inheritedEnvironment(withheld: readonly string[]): NodeJS.ProcessEnv {
  const { SHELLOPTS, BASHOPTS, ...inherited } = process.env;
  for (const name of withheld) delete inherited[name];
  return inherited;
}

/** Names of the variables that the secrets of a plan come from. */
export function secretVariables({ parameters }: Pick<Plan, "parameters">): readonly string[] {
  return parameters.flatMap(({ declaration }) =>
    declaration.type === "secret" && declaration.from?.env !== undefined ? [declaration.from.env] : [],
  );
}
