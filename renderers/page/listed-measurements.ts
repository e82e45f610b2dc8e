import type { PlanAlert, PlanStep } from "../../dsl/plan/plan.ts";
import type { PageContext } from "./page-context.ts";
import type { PlanIndex } from "./plan-index.ts";

const known = new WeakMap<PlanIndex, ReadonlyMap<string, readonly string[]>>();

/**
 * The measurements that stand under Measurements, with the bounds that guards and gates set. Without those that only
 * gates with one measurement use: their query stands in the gate's own block.
 */
export function listedMeasurements({ index }: PageContext): ReadonlyMap<string, readonly string[]> {
  const found = known.get(index) ?? collect(index);
  known.set(index, found);
  return found;
}

export function isListed(context: PageContext, measurement: string): boolean {
  return listedMeasurements(context).has(measurement);
}

function collect(index: PlanIndex): ReadonlyMap<string, readonly string[]> {
  const texts = new Map<string, Set<string>>();
  const shown = [
    ...index.guards.flatMap(({ alerts }) => alerts),
    ...index.steps.flatMap(({ step }) => gateAlerts(step)),
  ];
  for (const { measurement, text } of shown) {
    const found = texts.get(measurement) ?? new Set();
    texts.set(measurement, found.add(text));
  }
  return new Map([...texts].map(([id, found]) => [id, [...found]]));
}

function gateAlerts({ action }: PlanStep): readonly PlanAlert[] {
  if (action.kind !== "gate") return [];
  return new Set(action.failIf.map(({ measurement }) => measurement)).size > 1 ? action.failIf : [];
}
