import type { Plan } from "../../dsl/plan/plan.ts";
import type { Project } from "../loading/project.ts";
import type { LoadedRunbook } from "../loading/runbook-loader.ts";
import { admit } from "../runs/admit.ts";
import type { Attendance } from "../runs/run-output-options.ts";
import { askSecrets } from "../secrets/ask-secrets.ts";
import { resolveSecrets } from "../secrets/secret-resolver.ts";
import type { NotBegun } from "../terminal/session/terminal-session.ts";
import { compileWith } from "./compile-with.ts";
import type { ValueOptions } from "./value-options.ts";

/** A plan with all its values, and the secrets, which never stand in a plan. */
export interface CompiledRun {
  readonly plan: Plan;
  readonly secrets: Readonly<Record<string, string>>;
}

/**
 * Compiles with the values of the command line; whoever attends is asked for those that are missing, and for the
 * secrets that no source has. Or they left, and nothing has begun.
 *
 * @throws {LockstepError} `missing-parameter` where nobody attends; what must not begin, before anything is asked that
 * does not decide it, and before a secret is fetched.
 */
export async function compileAsking(
  loaded: LoadedRunbook & { readonly project: Project },
  options: ValueOptions,
  flags: Readonly<Record<string, unknown>>,
  attended: Attendance | undefined,
): Promise<CompiledRun | NotBegun> {
  const { root, project } = loaded;
  const isAttended = attended !== undefined;
  const admitted = async (plan: Plan): Promise<Plan> => {
    await admit(plan, { purpose: "run", root, settings: project.settings, isAttended });
    return plan;
  };
  const known = await admitted(await compileWith(loaded, options, { flags, allowMissing: isAttended }));
  if (!isAttended) return { plan: known, secrets: await resolveSecrets(known, root) };
  const { askParameters, missingIn } = await import("../terminal/questions/parameter-questions.ts");
  const missing = missingIn(known);
  const asked = await askParameters(known.title, missing, attended);
  if ("left" in asked) return asked;
  const plan =
    missing.length === 0
      ? known
      : await admitted(await compileWith(loaded, options, { flags: { ...flags, ...asked.values } }));
  const found = await askSecrets(plan, root, attended);
  return "left" in found ? found : { plan, ...found };
}
