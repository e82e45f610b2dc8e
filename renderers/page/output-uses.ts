import type { PlanOperand, PlanStep, PlanUndo } from "../../dsl/plan/plan.ts";
import { resolveOperand, type Scope } from "../../dsl/plan/resolve-operand.ts";

type OutputOperand = Extract<PlanOperand, { readonly output: string }>;

/** Where an output is shown, and as what. */
export interface OutputUse {
  /** "2.4", "Undo 2.1". */
  readonly places: readonly string[];
  readonly placeholder: string;
}

/** A section, an included runbook or the runbook with an undo of its own. */
export interface UndoOwner {
  readonly number: string;
  readonly undo?: PlanUndo | undefined;
}

/** By `step.output`: what shows it, in the order of the page. */
export function indexUses(
  steps: readonly PlanStep[],
  owners: readonly UndoOwner[],
  scope: Scope,
): ReadonlyMap<string, OutputUse> {
  const uses = new Map<string, { places: Set<string>; placeholder: string }>();
  const add = (place: string, operands: readonly OutputOperand[]): void => {
    for (const { step, output, placeholder } of operands) {
      const key = `${step}.${output}`;
      const use = uses.get(key);
      if (use) use.places.add(place);
      else uses.set(key, { places: new Set([place]), placeholder });
    }
  };
  for (const step of steps)
    add(
      step.number,
      shownOutputs(shownIn(step), scope).filter((operand) => operand.step !== step.id),
    );
  for (const { number, undo } of [...steps, ...owners]) add(`Undo ${number}`, shownOutputs(undo, scope));
  return new Map([...uses].map(([key, { places, placeholder }]) => [key, { places: [...places], placeholder }]));
}

/** The outputs without a value that stand somewhere in a part of a plan: a person must put one there. */
export function shownOutputs(part: unknown, scope: Scope): readonly OutputOperand[] {
  const found = new Map<string, OutputOperand>();
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    if (isOutput(value)) {
      if (resolveOperand(value, scope).kind === "unknown") found.set(`${value.step}.${value.output}`, value);
    } else for (const child of Object.values(value)) visit(child);
  };
  visit(part);
  return [...found.values()];
}

function isOutput(value: object): value is OutputOperand {
  return "placeholder" in value && "output" in value && "step" in value;
}

/** What of a step stands at its number; answers to its failure are steps of their own. */
function shownIn({ title, action, command, settings, expect, probe, background, stdin }: PlanStep): readonly unknown[] {
  return [title, action, command, settings, expect, probe, background, stdin];
}
