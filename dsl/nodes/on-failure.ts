import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { Block } from "./block.ts";
import { requireBlocks } from "./require-blocks.ts";

/** Stop, and leave the run resumable. */
export const stop: { readonly node: "response"; readonly kind: "stop" } = Object.freeze({
  node: "response",
  kind: "stop",
});

/** Undo what ran: for a guard, what ran since the guard (`rollback.all`: everything); after a failure, everything. */
export const rollback: {
  readonly node: "response";
  readonly kind: "rollback";
  readonly all: { readonly node: "response"; readonly kind: "rollback-all" };
} = Object.freeze({
  node: "response",
  kind: "rollback",
  all: Object.freeze({ node: "response", kind: "rollback-all" }),
});

/** What happens after the last attempt of a step has failed: stop, rollback, or other steps. It never makes the step ok. */
export type OnFailure = typeof stop | typeof rollback | typeof rollback.all | Block | readonly Block[];

export type OnFailureNode =
  | { readonly kind: "stop" | "rollback" | "rollback-all" }
  | { readonly kind: "blocks"; readonly body: readonly Block[] };

/** Loose forms become a node here. */
export function parseOnFailure(response: OnFailure, at: CallSite): OnFailureNode {
  if (Array.isArray(response)) {
    requireBlocks(response, "what happens on failure", at);
    return { kind: "blocks", body: response };
  }
  const node = response as Exclude<OnFailure, readonly Block[]>;
  if (typeof node === "object" && node !== null) {
    if ("block" in node) return { kind: "blocks", body: [node] };
    if (node.node === "response") return { kind: node.kind };
  }
  throw new LockstepError({
    code: "bad-setting",
    message: "what happens on failure must be stop, rollback, rollback.all, include(...) or a list of steps",
    hint: "Write onFailure: rollback, without quotes, or onFailure: [step(...)]",
    at,
  });
}
