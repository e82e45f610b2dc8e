import type { Plan } from "../../dsl/plan/plan.ts";
import type { Attendance } from "../runs/run-output-options.ts";
import type { NotBegun } from "../terminal/session/terminal-session.ts";
import { resolveSecrets, type SecretOptions } from "./secret-resolver.ts";

/**
 * The values of a plan's secrets; whoever attends is asked for those that no source has. Or they left, and nothing has begun.
 *
 * @throws {LockstepError} What `resolveSecrets` throws.
 */
export async function askSecrets(
  plan: Plan,
  root: string,
  attendance: Attendance,
  { isNeeded }: Pick<SecretOptions, "isNeeded"> = {},
): Promise<{ readonly secrets: Readonly<Record<string, string>> } | NotBegun> {
  const unknown = new Set<string>();
  const known = await resolveSecrets(plan, root, {
    ...(isNeeded === undefined ? {} : { isNeeded }),
    onMissing: (name) => unknown.add(name),
  });
  if (unknown.size === 0) return { secrets: known };
  const { askParameters } = await import("../terminal/questions/parameter-questions.ts");
  const missing = plan.parameters.filter(({ name }) => unknown.has(name));
  const asked = await askParameters(plan.title, missing, attendance);
  return "left" in asked ? asked : { secrets: { ...known, ...asked.values } };
}
