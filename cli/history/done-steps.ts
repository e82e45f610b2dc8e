import type { Plan, PlanRepeat } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { repeatsAround } from "../../runners/changes/repeats-around.ts";
import type { RunHistory, StepRecord } from "./run-history.ts";

/** The steps of the main line that are done, by id; of one that is repeated, no pass of it is to come. */
export function doneSteps(plan: Plan, history: RunHistory): ReadonlyMap<string, StepRecord> {
  const repeats = repeatsAround(plan);
  return new Map(
    stepsOf(plan).flatMap(({ id }): [string, StepRecord][] => {
      const record = history.latest.get(id);
      if (record === undefined || record.reopened || !isSettled(record)) return [];
      return comesAgain(record.key, repeats.get(id) ?? [], history) ? [] : [[id, record]];
    }),
  );
}

function isSettled({ finished }: StepRecord): boolean {
  return ["ok", "overruled", "skipped"].includes(finished?.outcome ?? "");
}

/** A pass that was not the last is followed by another one; in one that is not over yet, what is done is done. */
function comesAgain(key: string, repeats: readonly PlanRepeat[], { decided }: RunHistory): boolean {
  let around = "";
  for (const [depth, [pass]] of [...key.matchAll(/\[\d+\]/g)].entries()) {
    around += pass;
    const wasLast = decided.get(`${repeats[depth]?.id}${around}`);
    if (wasLast !== undefined) return wasLast !== true;
  }
  return false;
}
