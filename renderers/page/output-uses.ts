import type { PlanOperand, PlanStep, PlanText } from "../../dsl/plan/plan.ts";
import type { ShellTemplate } from "../../dsl/shell/shell-template.ts";

/** Where an output is shown, and as what. */
export interface OutputUse {
  readonly numbers: readonly string[];
  readonly placeholder: string;
}

/** By `step.output`: the steps whose commands or titles show it, in order. */
export function indexUses(steps: readonly PlanStep[]): ReadonlyMap<string, OutputUse> {
  const uses = new Map<string, { numbers: Set<string>; placeholder: string }>();
  for (const step of steps) {
    for (const operand of operandsOf(step)) {
      if (!("step" in operand) || operand.step === step.id) continue;
      const key = `${operand.step}.${operand.output}`;
      const use = uses.get(key);
      if (use) use.numbers.add(step.number);
      else uses.set(key, { numbers: new Set([step.number]), placeholder: operand.placeholder });
    }
  }
  return new Map([...uses].map(([key, { numbers, placeholder }]) => [key, { numbers: [...numbers], placeholder }]));
}

function operandsOf(step: PlanStep): readonly PlanOperand[] {
  const texts = [step.title, ...step.expect.flatMap((item) => (item.kind === "contains" ? [item.text] : []))];
  return [...(step.command ? inTemplate(step.command.template) : []), ...texts.flatMap(inText)];
}

function inTemplate(template: ShellTemplate<PlanOperand>): readonly PlanOperand[] {
  return template.parts.flatMap((part) => {
    if (typeof part === "string") return [];
    if ("hole" in part) return [part.hole];
    if ("script" in part) return inTemplate(part.script);
    return part.json.flatMap((piece) => (typeof piece === "string" ? [] : [piece.hole]));
  });
}

function inText(text: PlanText): readonly PlanOperand[] {
  return text.parts?.filter((part) => typeof part !== "string") ?? [];
}
