import { sha256 } from "../../dsl/plan/digest.ts";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import { renderPlanCommand } from "../../dsl/plan/resolve-operand.ts";
import { guardsOf, stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { CoveredStep } from "../questions/question.ts";
import type { Engine } from "./engine.ts";

/**
 * What an approval is for: the steps up to the next approval, as they would run with the values known by now, with
 * their undo and the guards that watch them. If any of it changes, the digest does, and the approval is void.
 */
export function approvalCover(
  engine: Engine,
  approval: PlanStep,
): { readonly covers: readonly CoveredStep[]; readonly digest: string } {
  const steps = stepsOf(engine.plan);
  const begin = steps.findIndex(({ id }) => id === approval.id) + 1;
  const length = steps.slice(begin).findIndex(({ action }) => action.kind === "approval");
  const covered = steps
    .slice(begin, length < 0 ? undefined : begin + length)
    .filter(({ skipped }) => skipped === undefined);
  const commands = covered.map(({ command }) => command && renderPlanCommand(command, engine.scope));
  const covers = covered.map((step, index) => toCovered(engine, step, commands[index]));
  const ids = new Set(covered.flatMap(({ guards }) => guards));
  const guards = guardsOf(engine.plan)
    .filter(({ id }) => ids.has(id))
    .map(({ id, fingerprint }) => [id, fingerprint]);
  const parts = covered.map(({ id, fingerprint, undo }, index) => [id, fingerprint, undo, commands[index] ?? null]);
  return { covers, digest: sha256({ parts, guards }) };
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
