import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { type Condition, type ConditionNode, parseCondition } from "../values/condition.ts";
import type { Duration } from "../values/duration.ts";
import type { Block } from "./block.ts";
import { requireBlocks } from "./require-blocks.ts";

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

/** How often at most, and how long between two passes. */
interface RepeatOptions {
  readonly limit: number;
  readonly every?: Duration;
}

interface Repeated {
  readonly body: readonly Block[];
  readonly until: Condition;
}

const repeatSettings = defineSettings<RepeatOptions>({ limit: "number!", every: "duration" });
const builtSettings = defineSettings<Repeated>({ body: "any!", until: "any!" });

/**
 * Steps done again and again, until when and how often at most.
 *
 * @example
 * repeat("drain", "Drain the queue", { limit: 10, every: seconds(30) }, () => {
 *   const left = step("left", "Count what is left", sh.read`queue count`, { outputs: { count: output.integer() } });
 *   return { body: [left], until: below(left.outputs.count, 1) };
 * });
 */
export function repeat(id: string, title: string, options: RepeatOptions, build: () => Repeated): RepeatNode {
  const at = captureCallSite(repeat);
  requireHeading("repeat", id, title, at);
  checkSettings(repeatSettings, options, "repeat", id, at);
  if (typeof build !== "function") throw noFunction(id, build, at);
  const built = build();
  checkSettings(builtSettings, built, "what the function of repeat gives", undefined, at);
  const { limit, every } = options;
  const { body, until } = built;
  requireBlocks(body, `repeat ${id}`, at);
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

function noFunction(id: string, given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `repeat ${id} needs a function that gives its steps and until when, not ${describeValue(given)}`,
    hint: `Write repeat("${id}", "...", { limit: 10 }, () => ({ body: [look], until: below(look.outputs.count, 1) }))`,
    at,
  });
}
