import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { PlanStep } from "./plan.ts";

/** Headings that a page may write itself. */
const headings = ["before-you-begin", "parameters", "rollback", "measurements"];

/**
 * Links on the page go by id, so ids, the anchors of undos and the page's own headings are one name space.
 *
 * @throws LockstepError `duplicate-id`
 */
export function checkAnchors(ids: ReadonlyMap<string, CallSite>, steps: readonly PlanStep[]): void {
  for (const [id, at] of ids)
    if (headings.includes(id)) throw taken(id, "the page has a heading of its own with this name", at);
  for (const { id, undo } of steps) {
    const at = undo.kind === "actions" ? ids.get(`undo-${id}`) : undefined;
    if (at) throw taken(`undo-${id}`, `on the page it is the undo of ${id}`, at);
  }
}

function taken(id: string, why: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "duplicate-id",
    message: `the id ${id} is taken: ${why}`,
    hint: "Give it another id",
    at,
  });
}
