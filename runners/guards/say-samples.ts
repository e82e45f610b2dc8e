import type { Sample } from "../events/run-event.ts";

/** "Error rate 3.4% is above 1%". */
export function sayBad(samples: readonly Sample[]): string {
  return samples
    .filter(({ bad }) => bad)
    .map(({ title, value, unit, bound, op }) => `${title} ${shorten(value)}${unit} is ${op} ${bound}${unit}`)
    .join(", ");
}

/** At most one digit after the point for what is not small. */
function shorten(value: number | undefined): string {
  if (value === undefined) return "?";
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Math.round(value * 10) / 10 || value);
}
