import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { type Condition, type ConditionNode, parseCondition } from "../values/condition.ts";
import type { Duration } from "../values/duration.ts";
import type { Block } from "./block.ts";

/** Blocks that run again until a condition holds, at most `limit` times. A level of the numbering. */
export interface RepeatNode {
  readonly block: "repeat";
  readonly id: string;
  readonly title: string;
  readonly limit: number;
  readonly every?: Duration;
  readonly until: ConditionNode;
  readonly body: readonly Block[];
  readonly at: CallSite;
}

/**
 * Steps done again and again, until when and how often at most.
 *
 * @example
 * repeat("drain", "Drain the queue", { limit: 10, every: seconds(30) }, () => {
 *   const left = step("left", "Count what is left", sh.read`queue count`, { outputs: { count: output.integer() } });
 *   return { body: [left], until: below(left.outputs.count, 1) };
 * });
 */
export function repeat(
  id: string,
  title: string,
  { limit, every }: { readonly limit: number; readonly every?: Duration },
  build: () => { readonly body: readonly Block[]; readonly until: Condition },
): RepeatNode {
  const at = captureCallSite(repeat);
  const { body, until } = build();
  return Object.freeze({
    block: "repeat",
    id,
    title,
    limit,
    ...(every === undefined ? {} : { every }),
    until: parseCondition(until, at),
    body,
    at,
  });
}
