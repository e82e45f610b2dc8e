import type { AnyRunbook } from "../nodes/runbook.ts";
import { parseParameter } from "../params/parse-parameter.ts";
import type { PlainValue } from "../values/ref.ts";
import type { PlanEnvironment } from "./plan.ts";

/** The environments of a runbook, with the values of its own parameters only. */
export function plainEnvironments(runbook: AnyRunbook): readonly PlanEnvironment[] {
  return runbook.environments.map(({ id, title, values, facts }) => ({
    id,
    title,
    values: plainValues(runbook, values),
    facts,
  }));
}

function plainValues(runbook: AnyRunbook, values: object): Readonly<Record<string, PlainValue>> {
  const known = Object.entries(values).flatMap(([name, value]) => {
    const declaration = runbook.params[name];
    return declaration ? [[name, parseParameter(name, declaration, value)]] : [];
  });
  return Object.fromEntries(known);
}
