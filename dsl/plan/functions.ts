import type { CodeFunction } from "../actions/code.ts";
import type { Plan } from "./plan.ts";

const functions = new WeakMap<Plan, ReadonlyMap<string, CodeFunction>>();

/** A plan is plain JSON, so what its `code` steps run is kept beside it. */
export function rememberFunctions(plan: Plan, byStep: ReadonlyMap<string, CodeFunction>): Plan {
  functions.set(plan, byStep);
  return plan;
}

/** The TypeScript functions of a plan, by step id or `undo:` id; none for a plan that was read from JSON. */
export function functionsOf(plan: Plan): ReadonlyMap<string, CodeFunction> {
  return functions.get(plan) ?? new Map();
}
