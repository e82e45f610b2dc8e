import { compile, type Plan, type PlanCommand, type PlanStep, stepsOf } from "../../dsl/index.ts";
import { responsesOf, stepsIn } from "../../dsl/plan/walk-plan.ts";
import { everyKind, hello } from "./sample-runbooks.ts";

export const helloPlan: Plan = compile(hello);
export const everyPlan: Plan = compile(everyKind);

/** The steps of the main line and of every answer. */
export function allSteps(plan: Plan): readonly PlanStep[] {
  const answers = responsesOf(plan).flatMap(({ response }) =>
    response.kind === "blocks" ? stepsIn(response.body) : [],
  );
  return [...stepsOf(plan), ...answers];
}

/** Everything that a person could type, each command apart. */
export function allCommands(plan: Plan): readonly string[] {
  const commands = allSteps(plan).flatMap((step): readonly (PlanCommand | undefined)[] => [
    step.action.kind === "gate" ? undefined : step.command,
    step.probe?.command,
    step.background?.ready.kind === "check" ? step.background.ready.command : undefined,
    ...(step.action.kind === "checklist" ? step.action.items.map(({ check }) => check?.command) : []),
    ...(step.undo.kind === "actions" ? step.undo.actions.map(({ command }) => command) : []),
  ]);
  return [...commands, ...plan.measurements.map(({ query }) => query)].flatMap((command) =>
    command ? [command.text] : [],
  );
}
