import type { Plan } from "../../dsl/plan/plan.ts";
import { coverDigest, coveredSteps } from "./approval-cover.ts";
import { finish } from "./conclude.ts";
import type { Engine } from "./engine.ts";
import { baseId, isSettled } from "./run-state.ts";

/** An approval that was given is asked for again if what it covers has changed and is not done yet. */
export async function voidApprovals(engine: Engine, before: Plan): Promise<void> {
  const { plan, state } = engine;
  if (before.digest === plan.digest) return;
  const given = [...state.steps.values()].filter(
    ({ started, outcome }) => started.kind === "approval" && outcome === "ok",
  );
  const last = new Map(given.map((record) => [baseId(record.key), record]));
  for (const [id, { key }] of last) {
    const open = coveredSteps(plan, id).some((step) => !isSettled(state.steps.get(step.id)?.outcome));
    if (!open || coverDigest(before, id) === coverDigest(plan, id)) continue;
    await finish(engine, key, { outcome: "not-started", remark: "void: what it approved has changed since" });
  }
}
