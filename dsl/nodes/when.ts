import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { type Condition, type ConditionNode, parseCondition } from "../values/condition.ts";
import { createHandle, type Ref, refOf } from "../values/ref.ts";
import type { Block } from "./block.ts";
import { requireBlocks } from "./require-blocks.ts";

/** Blocks that run only if a condition holds. No level of the numbering; the page prints the condition before them. */
export interface WhenNode {
  readonly block: "when";
  readonly condition: ConditionNode;
  readonly body: readonly Block[];
  readonly at: CallSite;
}

type AnyRefs = Readonly<Record<string, Ref<unknown>>>;
type OptionalRefs<O extends AnyRefs> = {
  readonly [K in keyof O]: O[K] extends Ref<infer T> ? Ref<T | undefined> : never;
};

/**
 * Blocks under a condition. What their steps give leaves only by the long form, as refs that may have no value.
 *
 * @example
 * when(p.schemaChanged, [step("green-database", "Deploy the green database", kubectl.apply({ file }), { undo: ... })]);
 *
 * const pod = when(p.schemaChanged, () => {
 *   const find = step("pod", "Find a pod", sh.read`...`, { outputs: { name: output.text() } });
 *   return { body: [find], outputs: { name: find.outputs.name } };
 * });
 * orElse(pod.outputs.name, "none");
 */
export function when(condition: Condition, body: readonly Block[]): WhenNode;
export function when<const O extends AnyRefs>(
  condition: Condition,
  build: () => { readonly body: readonly Block[]; readonly outputs: O },
): WhenNode & { readonly outputs: OptionalRefs<O> };
export function when<O extends AnyRefs>(
  condition: Condition,
  body: readonly Block[] | (() => { readonly body: readonly Block[]; readonly outputs: O }),
): WhenNode & { readonly outputs?: OptionalRefs<O> } {
  const at = captureCallSite(when);
  const parsed = parseCondition(condition, at);
  if (typeof body !== "function") {
    requireBlocks(body, "when", at);
    return Object.freeze({ block: "when", condition: parsed, body, at });
  }
  const built = body();
  checkSettings(builtSettings, built as Built, "what the function of when gives", undefined, at);
  requireBlocks(built.body, "when", at);
  return Object.freeze({
    block: "when",
    condition: parsed,
    body: built.body,
    outputs: optionalRefs(built.outputs),
    at,
  });
}

interface Built {
  readonly body: readonly Block[];
  readonly outputs: object;
}

const builtSettings = defineSettings<Built>({ body: "any!", outputs: "object!" });

function optionalRefs<O extends AnyRefs>(outputs: O): OptionalRefs<O> {
  const refs = Object.entries(outputs).flatMap(([name, ref]) => {
    const node = refOf(ref);
    return node ? [[name, createHandle({ ...node, optional: true })]] : [];
  });
  return Object.freeze(Object.fromEntries(refs)) as OptionalRefs<O>;
}
