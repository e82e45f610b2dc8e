import type { Sample } from "../../../runners/events/run-event.ts";
import { inertText } from "../../output/inert-text.ts";

/** "177ms", "0.1%"; a `?` where there was no number. A value never looks like the bound that it is beyond. */
export function valueText({ value, unit, bound, bad }: Pick<Sample, "value" | "unit" | "bound" | "bad">): string {
  if (value === undefined) return "?";
  const short = shortNumber(value);
  const number = bad && Number(short) === bound ? String(value) : short;
  return `${number}${unitWord(unit)}`;
}

/** "> 90% of pool"; without blanks and what the unit is of where there is little room. */
export function alertText({ alert, op, bound, unit }: Sample, room: "wide" | "narrow"): string {
  return room === "wide" ? inertText(alert) : `${op === "above" ? ">" : "<"}${bound}${unitWord(unit)}`;
}

/** "Error rate 0.1 percent, alert above 1", to be heard. */
export function spokenSample(sample: Sample): string {
  const { title, value, op, bound, bad } = sample;
  const said = value === undefined ? "has no number" : valueText(sample).replace(/%$/, " percent");
  return `${inertText(title)} ${said}, ${bad ? "ALERT" : "alert"} ${op} ${bound}`;
}

/** "percent", "ms"; of "% of pool" only the first word. */
function unitWord(unit: string): string {
  return inertText(unit.split(" ")[0] ?? "");
}

function shortNumber(value: number): string {
  const size = Math.abs(value);
  if (size >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(size >= 10 ? 3 : 2)));
}
