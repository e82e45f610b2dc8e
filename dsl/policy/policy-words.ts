import { dayNames, type Policy, type TimeWindow } from "./policy.ts";

/** What a policy says, a rule each: the same words on the page, in the plan and in what refuses a run. */
export function policyWords({ approval, unattended, cluster, destructive }: Policy): readonly string[] {
  return [
    ...(approval === "before-writes" ? ["every write stands behind an approval"] : []),
    ...(approval === "before-destructive" ? ["whatever is destructive stands behind an approval"] : []),
    ...(unattended === false ? ["a person attends every run"] : []),
    ...(cluster === undefined ? [] : [`Kubernetes only ${pinWords(cluster)}`]),
    ...(destructive === undefined ? [] : [`destructive steps start only ${windowWords(destructive)}`]),
  ];
}

/** "in the namespace shop of the context prod-eu at https://10.0.0.1:6443". */
export function pinWords({ context, server, namespace }: NonNullable<Policy["cluster"]>): string {
  const cluster = [
    ...(context === undefined ? [] : [`the context ${context}`]),
    ...(server === undefined ? [] : [`the server ${server}`]),
  ].join(", ");
  if (namespace === undefined) return `in ${cluster}`;
  return `in the namespace ${namespace}${cluster === "" ? "" : ` of ${cluster}`}`;
}

/** "Monday to Thursday, 22:00 to 06:00 (Europe/Berlin)". */
export function windowWords({ days, from, to, timeZone }: TimeWindow): string {
  return `${days === undefined ? "daily" : dayWords(days)}, ${from} to ${to} (${timeZone})`;
}

/** Days that follow each other are a range. */
function dayWords(days: readonly string[]): string {
  const numbers = [...new Set(days)].map((day) => dayNames.indexOf(day as never)).sort((a, b) => a - b);
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last && number === last[1] + 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => rangeWords(first, last)).join(", ");
}

function rangeWords(first: number, last: number): string {
  if (first === last) return dayName(first);
  return `${dayName(first)}${last === first + 1 ? "," : " to"} ${dayName(last)}`;
}

function dayName(number: number): string {
  const name = dayNames[number] ?? "";
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
