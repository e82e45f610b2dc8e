import type { PlanOutput } from "../../dsl/plan/plan.ts";
import { type Captured, capture } from "../engine/judge.ts";

/**
 * A value that a person gives for an output, or why it cannot be that value: it is read as if the step had printed it,
 * except that a person says the value itself, and not the document in which a pointer finds it.
 */
export async function parseGiven({ name, capture: how }: PlanOutput, text: string): Promise<Captured> {
  if (text.trim() === "") return { reason: `${name}: that is no value` };
  const whole = how.kind === "json" ? { kind: how.kind, schema: how.schema } : how;
  const read = await capture(whole, text, "that is");
  return "reason" in read ? { reason: `${name}: ${read.reason}` } : read;
}
