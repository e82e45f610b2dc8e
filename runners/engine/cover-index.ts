import type { Plan, PlanResponse, PlanStep } from "../../dsl/plan/plan.ts";
import { responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { type PlanPart, partsOf } from "../changes/plan-parts.ts";
import { type PlanSections, planSections } from "./plan-sections.ts";

/** What of a plan an approval looks up, found in one walk for all approvals of it. */
export interface CoverIndex {
  /** Where a step stands: the steps of the runbook, or of an answer to a failure or a trip, and its place among them. */
  readonly places: ReadonlyMap<string, { readonly line: readonly PlanStep[]; readonly at: number }>;
  /** The approval that covers a step, if one does. */
  readonly approvals: ReadonlyMap<string, PlanStep>;
  /** The steps of what answers a failure or trip of an owner. */
  readonly answers: ReadonlyMap<string, readonly (readonly PlanStep[])[]>;
  readonly parts: readonly PlanPart[];
  /** Of a step, the places in `parts` of what is about it. */
  readonly partsOf: ReadonlyMap<string, readonly number[]>;
  readonly sections: PlanSections;
}

const known = new WeakMap<Plan, CoverIndex>();

/** The index of a plan, made once. */
export function coverIndex(plan: Plan): CoverIndex {
  const before = known.get(plan);
  if (before) return before;
  const index = createIndex(plan);
  known.set(plan, index);
  return index;
}

function createIndex(plan: Plan): CoverIndex {
  const answers = new Map<string, (readonly PlanStep[])[]>();
  for (const { owner, response } of responsesOf(plan)) append(answers, owner, stepsOfResponse(response));
  const lines = [stepsOf(plan), ...[...answers.values()].flat()];
  const places = new Map<string, { readonly line: readonly PlanStep[]; readonly at: number }>();
  for (const line of lines)
    for (const [at, { id }] of line.entries()) if (!places.has(id)) places.set(id, { line, at });
  const parts = partsOf(plan);
  const byStep = new Map<string, number[]>();
  for (const [place, { covers }] of parts.entries()) for (const id of covers) append(byStep, id, place);
  return {
    places,
    approvals: new Map(lines.flatMap(approvalsOf)),
    answers,
    parts,
    partsOf: byStep,
    sections: planSections(plan),
  };
}

function approvalsOf(line: readonly PlanStep[]): readonly (readonly [string, PlanStep])[] {
  let over: PlanStep | undefined;
  return line.flatMap((step) => {
    const entry = over && ([step.id, over] as const);
    if (step.action.kind === "approval") over = step;
    return entry && step.action.kind !== "approval" ? [entry] : [];
  });
}

function stepsOfResponse(response: PlanResponse): readonly PlanStep[] {
  return response.kind === "blocks" ? stepsIn(response.body) : [];
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
