import { sha256 } from "../../dsl/plan/digest.ts";
import type { Plan, PlanAlert, PlanResponse, PlanSettings, PlanStep } from "../../dsl/plan/plan.ts";
import { renderPlanCommand } from "../../dsl/plan/resolve-operand.ts";
import { guardsOf, repeatsOf, responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
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

/** Digest of what an approval covers by the plan alone, whatever has run since. */
export function coverDigest(plan: Plan, approval: string): string {
  const covered = coveredSteps(plan, approval);
  const ids = new Set(covered.map(({ id }) => id));
  const sections = planSections(plan);
  const owners = new Set(covered.flatMap(({ undo }) => (undo.kind === "covered" ? [undo.by] : [])));
  const guarding = new Set(covered.flatMap(({ guards }) => guards));
  const guards = guardsOf(plan).filter(({ id }) => guarding.has(id));
  return sha256({
    steps: covered.map((step) => [step.id, step.fingerprint, step.undo, responseParts(step.onFailure)]),
    owners: [...owners].map((owner) => [owner, (owner === "" ? plan.undo : sections.undoOf(owner)) ?? null]),
    guards: guards.map(({ id, fingerprint, onTrip }) => [id, fingerprint, responseParts(onTrip)]),
    repeats: repeatsOf(plan)
      .filter(({ body }) => stepsIn(body).some(({ id }) => ids.has(id)))
      .map(({ id, fingerprint }) => [id, fingerprint]),
    measurements: measurementParts(plan, [...guards.flatMap(({ alerts }) => alerts), ...covered.flatMap(gateAlerts)]),
    values: plan.parameters.map(({ name, value }) => [name, value ?? null]),
  });
}

/** The steps up to the next approval, without those of which it is known that they do not run. */
export function coveredSteps(plan: Plan, approval: string): readonly PlanStep[] {
  const steps = lineOf(plan, approval);
  const begin = steps.findIndex(({ id }) => id === approval) + 1;
  const length = steps.slice(begin).findIndex(({ action }) => action.kind === "approval");
  return steps.slice(begin, length < 0 ? undefined : begin + length).filter(({ skipped }) => skipped === undefined);
}

/** The steps among which it stands: those of the runbook, or of an answer to a failure or a trip. */
function lineOf(plan: Plan, approval: string): readonly PlanStep[] {
  const answers = responsesOf(plan).map(({ response }) => (response.kind === "blocks" ? stepsIn(response.body) : []));
  const lines = [stepsOf(plan), ...answers];
  return lines.find((line) => line.some(({ id }) => id === approval)) ?? [];
}

function responseParts(response: PlanResponse | undefined): unknown {
  if (response?.kind !== "blocks") return response?.kind ?? null;
  return stepsIn(response.body).map(({ id, fingerprint, undo }) => [id, fingerprint, undo]);
}

function gateAlerts({ action }: PlanStep): readonly PlanAlert[] {
  return action.kind === "gate" ? action.failIf : [];
}

/** The fingerprint of what samples an alert names its measurement, and not how that is queried. */
function measurementParts(plan: Plan, alerts: readonly PlanAlert[]): unknown {
  const used = new Set(alerts.map(({ measurement }) => measurement));
  return plan.measurements
    .filter(({ id }) => used.has(id))
    .map(({ id, query, reading }) => [id, query.text, query.template, reading]);
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
