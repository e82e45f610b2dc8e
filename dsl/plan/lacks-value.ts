import type { Plan } from "./plan.ts";

/** Whether a part of a plan hangs on a parameter that has no value yet. */
export function lacksValue({ parameters }: Pick<Plan, "parameters">, part: unknown): boolean {
  const missing = parameters.filter(({ value, declaration }) => value === undefined && declaration.type !== "secret");
  if (missing.length === 0) return false;
  const names = new Set(missing.map(({ name }) => name));
  let lacks = false;
  JSON.stringify(part, (key, value: unknown) => {
    if (key === "param" && typeof value === "string" && names.has(value)) lacks = true;
    return value;
  });
  return lacks;
}
