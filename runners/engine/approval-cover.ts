import { sha256 } from "../../dsl/plan/digest.ts";
import type { Plan, PlanResponse, PlanSettings, PlanStep } from "../../dsl/plan/plan.ts";
import { renderPlanCommand } from "../../dsl/plan/resolve-operand.ts";
import { responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { partsOf } from "../changes/plan-parts.ts";
import type { CoveredStep } from "../questions/question.ts";
import type { Engine } from "./engine.ts";
import { planSections } from "./plan-sections.ts";

/**
 * What an approval is for: the steps up to the next approval, as they would run with the values known by now, with
 * their undo and the guards that watch them. If any of it changes, the digest does, and the approval is void.
 */
export function approvalCover(
  engine: Engine,
  approval: PlanStep,
): { readonly covers: readonly CoveredStep[]; readonly digest: string } {
  const covered = coveredSteps(engine.plan, approval.id);
  const commands = covered.map(({ command }) => command && renderPlanCommand(command, engine.scope));
  const covers = covered.map((step, index) => toCovered(engine, step, commands[index]));
  const places = covered.map(({ settings }) => placeText(engine, settings));
  const cover = coverDigest(engine.plan, approval.id);
  return { covers, digest: sha256({ cover, commands: commands.map((command) => command ?? null), places }) };
}

/**
 * Digest of what an approval covers by the plan alone, whatever has run since: everything that can happen until the
 * next approval. That is also what answers a failure of a covered step, or a trip of its guard, wherever it stands.
 */
export function coverDigest(plan: Plan, approval: string): string {
  const reach = reachOf(plan, coveredSteps(plan, approval));
  return sha256({
    parts: partsOf(plan)
      .filter(({ covers }) => covers.some((id) => reach.has(id)))
      .map(({ key, basis }) => [key, basis]),
    values: plan.parameters.map(({ name, value }) => [name, value ?? null]),
  });
}

/** Ids of the covered steps, and of those that may answer them. */
function reachOf(plan: Plan, covered: readonly PlanStep[]): ReadonlySet<string> {
  const sections = planSections(plan);
  const owners = new Set(["runbook", ...covered.flatMap(({ id, guards }) => [id, ...guards, ...sections.around(id)])]);
  const answers = responsesOf(plan).filter(({ owner }) => owners.has(owner));
  return new Set(
    [...covered, ...answers.flatMap(({ response }) => upToApproval(stepsOfResponse(response)))].map(({ id }) => id),
  );
}

/** The steps up to the next approval, without those of which it is known that they do not run. */
export function coveredSteps(plan: Plan, approval: string): readonly PlanStep[] {
  const steps = lineOf(plan, approval);
  return upToApproval(steps.slice(steps.findIndex(({ id }) => id === approval) + 1));
}

/** The approval that covers a step, if one does. */
export function approvalOver(plan: Plan, step: string): PlanStep | undefined {
  const known = approvals.get(plan) ?? new Map(linesOf(plan).flatMap(approvalsOf));
  approvals.set(plan, known);
  return known.get(step);
}

const approvals = new WeakMap<Plan, ReadonlyMap<string, PlanStep>>();

function approvalsOf(line: readonly PlanStep[]): readonly (readonly [string, PlanStep])[] {
  let over: PlanStep | undefined;
  return line.flatMap((step) => {
    const entry = over && ([step.id, over] as const);
    if (step.action.kind === "approval") over = step;
    return entry && step.action.kind !== "approval" ? [entry] : [];
  });
}

function upToApproval(steps: readonly PlanStep[]): readonly PlanStep[] {
  const length = steps.findIndex(({ action }) => action.kind === "approval");
  return steps.slice(0, length < 0 ? undefined : length).filter(({ skipped }) => skipped === undefined);
}

/** The steps among which it stands: those of the runbook, or of an answer to a failure or a trip. */
function lineOf(plan: Plan, approval: string): readonly PlanStep[] {
  return linesOf(plan).find((line) => line.some(({ id }) => id === approval)) ?? [];
}

/** A step, wherever it stands. */
export function stepWith(plan: Plan, id: string): PlanStep | undefined {
  return lineOf(plan, id).find((step) => step.id === id);
}

function linesOf(plan: Plan): readonly (readonly PlanStep[])[] {
  return [stepsOf(plan), ...responsesOf(plan).map(({ response }) => stepsOfResponse(response))];
}

function stepsOfResponse(response: PlanResponse): readonly PlanStep[] {
  return response.kind === "blocks" ? stepsIn(response.body) : [];
}

function placeText(engine: Engine, { cwd, env }: PlanSettings): unknown {
  return [
    cwd.map((folder) => engine.text(folder)),
    env.map((entry) => [entry.name, "secret" in entry ? { secret: entry.secret } : engine.text(entry.value)]),
  ];
}

function toCovered(engine: Engine, step: PlanStep, command: string | undefined): CoveredStep {
  const remark = step.undo.kind === "irreversible" ? "cannot be undone" : undefined;
  return {
    step: step.id,
    number: step.number,
    title: engine.text(step.title),
    effect: step.action.kind === "wait" ? "wait" : step.effect,
    ...(command === undefined ? {} : { command }),
    ...(remark === undefined ? {} : { remark }),
  };
}
