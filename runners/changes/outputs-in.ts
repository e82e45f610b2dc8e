/** The outputs that are named anywhere in a part of a plan, as `step.output`. */
export function outputsIn(value: unknown): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const { step, output } = value as { readonly step?: unknown; readonly output?: unknown };
  const own = typeof step === "string" && typeof output === "string" ? [`${step}.${output}`] : [];
  return [...own, ...Object.values(value).flatMap(outputsIn)];
}
