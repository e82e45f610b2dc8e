/** Where two values differ, as lines: `command.template.parts.1: "v1"`, each side its own. */
export function differingLeaves(before: unknown, after: unknown): readonly [string, string] {
  const [old, now] = [leavesOf(before), leavesOf(after)];
  return [linesOf(old, now), linesOf(now, old)];
}

type Leaves = ReadonlyMap<string, string>;

function linesOf(leaves: Leaves, other: Leaves): string {
  return [...leaves]
    .filter(([path, value]) => other.get(path) !== value)
    .map(([path, value]) => `${path}: ${value}`)
    .join("\n");
}

function leavesOf(value: unknown, path = ""): Leaves {
  if (typeof value !== "object" || value === null) return new Map([[path, JSON.stringify(value) ?? "nothing"]]);
  const inner = Object.entries(value).flatMap(([key, part]) => [
    ...leavesOf(part, path === "" ? key : `${path}.${key}`),
  ]);
  return new Map(inner);
}
