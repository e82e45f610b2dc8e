import type { PlanParameter } from "../../dsl/plan/plan.ts";
import type { PageContext } from "./page-context.ts";
import { code, type Spans } from "./span.ts";

/** The command that runs it, and the one rule for following the page by hand. */
export function howToRun({ plan, index, filling }: PageContext): Spans {
  if (filling) return [];
  const values = plan.parameters.filter(isToBeGiven).map(({ flag }) => ` -p ${flag}=<${flag}>`);
  const isNeeded = plan.environments.some(({ policy }) => policy !== undefined);
  const named = plan.environment ?? (isNeeded ? "<environment>" : undefined);
  const environment = named === undefined ? "" : ` --env ${named}`;
  const line = code(`lockstep run ${plan.id}${environment}${values.join("")}`);
  const blocks = index.steps.filter(({ step }) => step.command !== undefined && step.action.kind !== "code").length;
  if (blocks === 0) return ["Run ", line, "."];
  if (index.steps.length === 1) return ["Run ", line, ", or by hand:"];
  return [
    "Run ",
    line,
    ". By hand, paste block by block, and go on only when a block ended without an error and showed what to expect.",
  ];
}

/** A secret is asked for or comes from where it says; the command line would show it to everybody. */
function isToBeGiven({ value, declaration }: PlanParameter): boolean {
  return value === undefined && declaration.type !== "secret";
}
