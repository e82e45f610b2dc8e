import type { Plan } from "../../dsl/plan/plan.ts";
import { coverDigest, coveredSteps } from "./approval-cover.ts";
import type { Engine } from "./engine.ts";
import { voidApproval } from "./reopen.ts";
import { baseId, isDone } from "./run-state.ts";

/** An approval that was given is asked for again if what it covers has changed and is not done yet. */
export async function voidApprovals(engine: Engine, before: Plan): Promise<void> {
  const { plan, state } = engine;
  if (before.digest === plan.digest) return;
  const given = [...state.steps.values()].filter(
    (record) => record.started.kind === "approval" && record.outcome === "ok" && isDone(record),
  );
  const last = new Map(given.map((record) => [baseId(record.key), record]));
  for (const [id, { key }] of last) {
    const open = coveredSteps(plan, id).some((step) => !isDone(state.steps.get(step.id)));
    if (open && coverDigest(before, id) !== coverDigest(plan, id)) await voidApproval(engine, key);
  }
}
