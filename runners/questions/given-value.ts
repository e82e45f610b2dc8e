import type { PlanOutput } from "../../dsl/plan/plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";

/** A value that a person gives for an output, or why it cannot be that value. */
export function parseGiven({ name, capture }: PlanOutput, text: string): { value: PlainValue } | { reason: string } {
  switch (capture.kind) {
    case "integer":
    case "number": {
      const value = text.trim() === "" ? Number.NaN : Number(text);
      const fits = capture.kind === "integer" ? Number.isSafeInteger(value) : Number.isFinite(value);
      return fits ? { value } : { reason: `${name} is ${capture.kind === "integer" ? "a whole number" : "a number"}` };
    }
    case "json":
      return parseJson(name, text);
    default:
      return text.trim() === "" ? { reason: `${name} is missing` } : { value: text };
  }
}

function parseJson(name: string, text: string): { value: PlainValue } | { reason: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (isPlain(value)) return { value };
  } catch {
    // told below, as for every other text that is none
  }
  return { reason: `${name} is a text in quotes, a number, true or false, or a list of them, as JSON` };
}

function isPlain(value: unknown): value is PlainValue {
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isPlain(item));
  return ["string", "number", "boolean"].includes(typeof value);
}
