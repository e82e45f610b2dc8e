import type { Plan } from "../../dsl/plan/plan.ts";
import type { LoadedRunbook } from "../loading/runbook-loader.ts";
import type { Attendance } from "../runs/run-output-options.ts";
import { resolveSecrets } from "../secrets/secret-resolver.ts";
import { compileWith } from "./compile-with.ts";
import type { ValueOptions } from "./value-options.ts";

/** A plan with all its values, and the secrets, which never stand in a plan. */
export interface CompiledRun {
  readonly plan: Plan;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Compiles with the values of the command line; whoever attends is asked for those that are missing, and for the
 * secrets that no source has. Undefined: they left, and nothing has begun.
 *
 * @throws {LockstepError} `missing-parameter` where nobody attends.
 */
export async function compileAsking(
  loaded: LoadedRunbook,
  options: ValueOptions,
  flags: Readonly<Record<string, unknown>>,
  attended: Attendance | undefined,
): Promise<CompiledRun | undefined> {
  const plan = await compileWith(loaded, options, { flags, allowMissing: attended !== undefined });
  if (attended === undefined) return { plan, secrets: await resolveSecrets(plan, loaded.root) };
  const { askParameters, missingIn } = await import("../terminal/questions/parameter-questions.ts");
  const unknown: string[] = [];
  const known = await resolveSecrets(plan, loaded.root, { onMissing: (name) => unknown.push(name) });
  const missing = [...missingIn(plan), ...plan.parameters.filter(({ name }) => unknown.includes(name))];
  const asked = await askParameters(plan.title, missing, attended);
  if (asked === undefined) return undefined;
  const isSecret = (name: string): boolean => unknown.includes(name);
  const values = Object.fromEntries(Object.entries(asked).filter(([name]) => !isSecret(name)));
  const secrets = Object.fromEntries(Object.entries(asked).filter(([name]) => isSecret(name)));
  return {
    plan: missing.length === 0 ? plan : await compileWith(loaded, options, { flags: { ...flags, ...values } }),
    secrets: { ...known, ...secrets },
  };
}
