import { LockstepError } from "../errors/lockstep-error.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import { flagOf } from "../params/parameter-flag.ts";
import { parseParameter } from "../params/parse-parameter.ts";
import type { PlainValue } from "../values/ref.ts";
import type { PlanEnvironment } from "./plan.ts";

/** The environments of a runbook, with the values of its own parameters only. */
export function plainEnvironments(runbook: AnyRunbook): readonly PlanEnvironment[] {
  const ids = runbook.environments.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new LockstepError({
      code: "duplicate-id",
      message: `two environments of ${runbook.id} have the id ${twice}`,
      hint: "Give one of them another id",
      at: runbook.at,
    });
  return runbook.environments.map(({ id, title, values, facts, policy }) => ({
    id,
    title,
    values: plainValues(runbook, id, values),
    facts,
    ...(policy === undefined ? {} : { policy }),
  }));
}

function plainValues(runbook: AnyRunbook, environment: string, values: object): Readonly<Record<string, PlainValue>> {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const declaration = Object.hasOwn(runbook.params, name) ? runbook.params[name] : undefined;
    const what = `${flagOf(name)} of the environment ${environment}`;
    return declaration ? [[name, parseParameter(name, declaration, value, { what, at: runbook.at })]] : [];
  });
  return Object.fromEntries(known);
}
