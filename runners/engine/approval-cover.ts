import { digestOf } from "../../dsl/plan/digest.ts";
import type { Plan, PlanSettings, PlanStep, PlanUndo } from "../../dsl/plan/plan.ts";
import { renderPlanCommand } from "../../dsl/plan/resolve-operand.ts";
import { guardsOf } from "../../dsl/plan/walk-plan.ts";
import { describeGuard, describeUndo } from "../changes/describe-part.ts";
import type { PlanPart } from "../changes/plan-parts.ts";
import type { CoveredStep, Question } from "../questions/question.ts";
import { type CoverIndex, coverIndex } from "./cover-index.ts";
import type { Engine } from "./engine.ts";
import { isSettled } from "./run-state.ts";

/**
 * What an approval is for: the steps up to the next approval, as they would run with the values known by now, with
 * their undo and the guards that watch them. If any of it changes, the digest does, and the approval is void.
 */
export function approvalCover(
  engine: Engine,
  approval: PlanStep,
): Pick<Extract<Question, { readonly kind: "approval" }>, "covers" | "guards" | "values" | "digest"> {
  const covered = coveredSteps(engine.plan, approval.id);
  const commands = covered.map(({ command }) => command && renderPlanCommand(command, engine.scope));
  const covers = covered.map((step, index) => toCovered(engine, step, commands[index]));
  const places = covered.map(({ settings }) => placeText(engine, settings));
  const cover = coverDigest(engine.plan, approval.id);
  const digest = digestOf({ cover, commands: commands.map((command) => command ?? null), places });
  return { covers, guards: guardLines(engine.plan, covered), values: valueTexts(engine.plan), digest };
}

function guardLines(plan: Plan, covered: readonly PlanStep[]): readonly string[] {
  const ids = new Set(covered.map(({ id }) => id));
  const measurements = new Map(plan.measurements.map((measurement) => [measurement.id, measurement]));
  return guardsOf(plan)
    .filter(({ covers }) => covers.some((id) => ids.has(id)))
    .map((guard) => `${guard.title.text}: ${describeGuard(guard, measurements).join("; ")}`);
}

function valueTexts({ parameters }: Plan): Readonly<Record<string, string>> {
  const known = parameters.filter(({ declaration, value }) => declaration.type !== "secret" && value !== undefined);
  return Object.fromEntries(
    known.map(({ name, value }) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
  );
}

/**
 * Digest of what an approval covers by the plan alone, whatever has run since: everything that can happen until the
 * next approval. That is also what answers a failure of a covered step, or a trip of its guard, wherever it stands.
 */
export function coverDigest(plan: Plan, approval: string): string {
  const index = coverIndex(plan);
  const places = new Set(reachOf(index, coveredSteps(plan, approval)).flatMap(({ id }) => index.partsOf.get(id) ?? []));
  const parts = [...places].sort((one, other) => one - other).map((place) => index.parts[place] as PlanPart);
  return digestOf({
    parts: parts.map(({ key, basis }) => [key, basis]),
    values: plan.parameters.map(({ name, value }) => [name, value ?? null]),
  });
}

/** The covered steps, and those that may answer them. */
function reachOf({ sections, answers }: CoverIndex, covered: readonly PlanStep[]): readonly PlanStep[] {
  const owners = new Set(["runbook", ...covered.flatMap(({ id, guards }) => [id, ...guards, ...sections.around(id)])]);
  return [
    ...covered,
    ...[...owners].flatMap((owner) => (answers.get(owner) ?? []).flatMap((line) => upToApproval(line))),
  ];
}

/** The steps up to the next approval, without those of which it is known that they do not run. */
export function coveredSteps(plan: Plan, approval: string): readonly PlanStep[] {
  const place = coverIndex(plan).places.get(approval);
  return place === undefined ? [] : upToApproval(place.line, place.at + 1);
}

/** The approval that covers a step, if one does. */
export function approvalOver(plan: Plan, step: string): PlanStep | undefined {
  return coverIndex(plan).approvals.get(step);
}

/** A step, wherever it stands. */
export function stepWith(plan: Plan, id: string): PlanStep | undefined {
  const place = coverIndex(plan).places.get(id);
  return place?.line[place.at];
}

function upToApproval(steps: readonly PlanStep[], from = 0): readonly PlanStep[] {
  let to = from;
  while (to < steps.length && steps[to]?.action.kind !== "approval") to += 1;
  return steps.slice(from, to).filter(({ skipped }) => skipped === undefined);
}

function placeText(engine: Engine, { cwd, env }: PlanSettings): unknown {
  return [
    cwd.map((folder) => engine.text(folder)),
    env.map((entry) => [entry.name, "secret" in entry ? { secret: entry.secret } : engine.text(entry.value)]),
  ];
}

function toCovered(engine: Engine, step: PlanStep, command: string | undefined): CoveredStep {
  const remarks = [
    ...(step.undo.kind === "irreversible" ? ["cannot be undone"] : []),
    ...(isDoneAlready(engine, step) ? ["done already"] : []),
  ];
  return {
    step: step.id,
    number: step.number,
    title: engine.text(step.title),
    effect: step.action.kind === "wait" ? "wait" : step.effect,
    ...(command === undefined ? {} : { command }),
    on: engine.text(step.on),
    undo: undoLines(engine, step.undo),
    ...(remarks.length === 0 ? {} : { remark: remarks.join(", ") }),
  };
}

/** An approval that became void is asked for again, and not all that it covers is still to come. */
function isDoneAlready({ state }: Engine, { id }: PlanStep): boolean {
  return isSettled(state.latest.get(id)) && state.steps.get(id)?.reopened === undefined;
}

/** With the values that are known by now; what its own outputs will tell stands as a placeholder. */
function undoLines(engine: Engine, undo: PlanUndo): readonly string[] {
  if (undo.kind === "actions") return undo.actions.map(({ command }) => renderPlanCommand(command, engine.scope));
  const around = undo.kind === "covered" ? (engine.sections.undoOf(undo.by) ?? engine.plan.undo) : undefined;
  return around === undefined || around.kind === "covered" ? describeUndo(undo) : undoLines(engine, around);
}
