import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { everyStepOf, guardsOf } from "../../dsl/plan/walk-plan.ts";

/** Finds the step of a plan that a key of the journal belongs to. */
export interface StepNumbers {
  /** `3.2`, `Undo 3.2`, or the key itself where the plan has no such step. */
  numberOf(key: string): string;
  stepOf(key: string): PlanStep | undefined;
  /** The key that a person means by `3.2` or by the id. */
  idOf(numberOrId: string): string | undefined;
  /** The same with the passes of the repeats around it: `2.1[3]`, `poll[3]`. */
  keyOf(name: string): string | undefined;
  /** Every id, in order. */
  readonly ids: readonly string[];
}

/** Indexes the steps of a plan, those of answers to failures as well. */
export function indexSteps(plan: Plan): StepNumbers {
  const steps = new Map(everyStepOf(plan).map((step) => [step.id, step]));
  const guards = new Set(guardsOf(plan).map((guard) => guard.id));
  const idOf = (name: string): string | undefined => {
    if (steps.has(name) || guards.has(name)) return name;
    return [...steps.values()].find((step) => step.number === name)?.id;
  };
  const keyOf = (name: string): string | undefined => {
    const passes = passesIn(name);
    const id = idOf(name.slice(0, name.length - passes.length));
    return id === undefined ? undefined : id + passes;
  };
  return {
    ids: [...steps.keys(), ...guards],
    idOf,
    keyOf,
    stepOf: (key) => steps.get(baseId(key)),
    numberOf: (key) => {
      const number = steps.get(baseId(key))?.number;
      if (number === undefined) return baseId(key);
      return key.startsWith("undo:") ? `Undo ${number}` : number + passesIn(key);
    },
  };
}

/** The passes at the end of a key, or of a number: "[2]". */
function passesIn(name: string): string {
  return /(\[\d+\])*$/.exec(name)?.[0] ?? "";
}

/** The step's id in a key: `undo:to-green.1`, `undo:to-green` (where its undo is asked about) and `poll[2]` are keys too. */
export function baseId(key: string): string {
  return key.replace(/^undo:(.*?)(?:\.\d+)?$/, "$1").replace(/\[\d+\]/g, "");
}
