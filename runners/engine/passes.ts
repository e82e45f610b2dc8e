import type { PlanRepeat } from "../../dsl/plan/plan.ts";
import { stepsIn } from "../../dsl/plan/walk-plan.ts";
import { baseId, type RunState } from "./run-state.ts";

/** The passes that a key names: "[2]" of `look[2]`. */
export function passesOf(key: string): string {
  return key.slice(baseId(key).length);
}

/**
 * The pass that has followed on the one that is named, or on one around it: what came of that has happened.
 *
 * @param repeats What is around the step, the outermost first.
 */
export function laterPass(state: RunState, repeats: readonly PlanRepeat[], passes: string): string | undefined {
  let around = "";
  for (const [depth, number] of [...passes.matchAll(/\d+/g)].map(Number).entries()) {
    const next = `${around}[${number + 1}]`;
    const inside = new Set(stepsIn(repeats[depth]?.body ?? []).map(({ id }) => id));
    for (const key of state.steps.keys()) if (inside.has(baseId(key)) && passesOf(key).startsWith(next)) return next;
    around += `[${number}]`;
  }
  return undefined;
}

/** The key of the pass of a step that was come to last; its id where it is not repeated. */
export function latestKey(state: RunState, id: string): string {
  return [...state.steps.keys()].findLast((key) => key !== id && !key.startsWith("undo:") && baseId(key) === id) ?? id;
}
