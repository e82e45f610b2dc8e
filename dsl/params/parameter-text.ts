import type { PlanParameter } from "../plan/plan.ts";

/** The value of a parameter as a user types it: `yes`, `1h30m`, `v1.2.3`; a secret is never shown. */
export function parameterText({
  value,
  declaration,
  flag,
}: Pick<PlanParameter, "value" | "declaration" | "flag">): string {
  if (declaration.type === "secret") return "(secret)";
  if (value === undefined) return `<${flag}>`;
  if (typeof value === "boolean") return value ? "yes" : "no";
  return declaration.type === "duration" ? typedDuration(Number(value)) : String(value);
}

/** `90` is `1m30s`. */
function typedDuration(seconds: number): string {
  const parts = [
    [Math.floor(seconds / 3600), "h"],
    [Math.floor((seconds % 3600) / 60), "m"],
    [seconds % 60, "s"],
  ] as const;
  return parts.flatMap(([count, unit]) => (count > 0 ? [`${count}${unit}`] : [])).join("") || "0s";
}
