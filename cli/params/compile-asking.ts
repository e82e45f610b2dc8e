import type { Plan } from "../../dsl/plan/plan.ts";
import type { LoadedRunbook } from "../loading/runbook-loader.ts";
import type { Attendance } from "../runs/run-output-options.ts";
import type { MissingParameter } from "../terminal/questions/parameter-questions.ts";
import { compileWith } from "./compile-with.ts";
import type { ValueOptions } from "./value-options.ts";

/**
 * Compiles with the values of the command line; whoever attends is asked for those that are missing.
 *
 * Ends the process with 130 if they leave: nothing has begun.
 */
export async function compileAsking(
  loaded: LoadedRunbook,
  options: ValueOptions,
  flags: Readonly<Record<string, unknown>>,
  looks: Attendance,
): Promise<Plan> {
  const plan = await compileWith(loaded, options, { flags, allowMissing: true });
  const { askParameters, missingIn } = await import("../terminal/questions/parameter-questions.ts");
  const missing = missingIn(plan);
  if (missing.length === 0) return plan;
  const asked = await askParameters(plan.title, missing, looks);
  if (asked === undefined) return process.exit(130);
  return compileWith(loaded, options, { flags: { ...flags, ...asked } });
}

/** How to ask for a secret that no source has. */
export function askSecret(title: string, looks: Attendance): (missing: MissingParameter) => Promise<string> {
  return async (missing) => {
    const { askParameters } = await import("../terminal/questions/parameter-questions.ts");
    const asked = await askParameters(title, [missing], looks);
    const value = asked?.[missing.name];
    if (value === undefined) return process.exit(130);
    return value;
  };
}
