import type { Plan } from "../../dsl/plan/plan.ts";

/** Names of the secrets that the undo of a plan's steps and sections is given. */
export function undoSecrets(plan: Plan): ReadonlySet<string> {
  const names = new Set<string>();
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === "undo") collect(value, names);
    return value;
  });
  return names;
}

function collect(undo: unknown, names: Set<string>): void {
  JSON.stringify(undo, (key, value: unknown) => {
    if (key === "secret" && typeof value === "string") names.add(value);
    return value;
  });
}
