import type { PlanOutput } from "../../dsl/plan/plan.ts";
import { type Captured, capture } from "../engine/judge.ts";

/**
 * A value that a person gives for an output, or why it cannot be that value: it is read as if the step had printed it,
 * or is the value itself, which a person says without what a command prints around it: the document of a pointer, the
 * line of a pattern's group, the quotes of a text in JSON.
 */
export async function parseGiven({ name, capture: how }: PlanOutput, text: string): Promise<Captured> {
  if (text.trim() === "") return { reason: `${name}: that is no value` };
  const whole = how.kind === "json" ? { kind: how.kind, schema: how.schema } : how;
  const read = await capture(whole, text, "that is");
  if (!("reason" in read)) return read;
  if (how.kind === "regex" && hasGroup(how.pattern)) return { value: text.trim() };
  const asText =
    how.kind === "json" && !isJson(text) ? await capture(whole, JSON.stringify(text.trim()), "that is") : read;
  return "reason" in asText ? { reason: `${name}: ${read.reason}` } : asText;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function hasGroup(pattern: string): boolean {
  return (new RegExp(`${pattern}|`).exec("")?.length ?? 1) > 1;
}
