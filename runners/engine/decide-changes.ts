import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { repeatedSteps } from "../changes/repeated-steps.ts";
import { rewordedSteps } from "../changes/reworded-steps.ts";
import type { Actor, StepChange } from "../events/run-event.ts";
import { askPlace } from "../rollback/run-undo-action.ts";
import type { ResumeOptions } from "../run-options.ts";
import { ask } from "./ask.ts";
import { whyNotKept } from "./check-answer.ts";
import type { Engine } from "./engine.ts";
import { reopen, whyNotAgain } from "./reopen.ts";

/**
 * The steps that somebody wants to run again.
 *
 * @throws LockstepError `unknown-step`, `bad-argument` for one that cannot.
 */
export function stepsToRunAgain(engine: Engine, ids: readonly string[]): readonly PlanStep[] {
  const { plan, state } = engine;
  const steps = new Map(stepsOf(plan).map((step) => [step.id, step]));
  const repeated = repeatedSteps(plan);
  return [...new Set(ids)].map((id) => {
    const step = steps.get(id);
    if (!step)
      throw new LockstepError({
        code: "unknown-step",
        message: `there is no step "${id}" to run again`,
        hint: didYouMean(id, [...steps.keys()]),
      });
    const backwards = state.rollback ? "is being rolled back with all of the run" : undefined;
    const why = backwards ?? whyNotAgain(state, step, repeated);
    if (why === undefined) return step;
    throw new LockstepError({
      code: "bad-argument",
      message: `${step.number} ${id} cannot run again: it ${why}`,
      hint: "Only a step that is done runs again",
    });
  });
}

/** Nothing runs before somebody decided about what changed: what is done stays done, or runs again in its turn. */
export async function decideChanges(
  engine: Engine,
  {
    before,
    changes,
    again,
  }: { readonly before: Plan; readonly changes: readonly StepChange[]; readonly again: readonly PlanStep[] },
  { acceptChanges: accepted }: ResumeOptions,
): Promise<void> {
  let { by } = engine;
  const chosen = new Map(again.map((step) => [step.id, step]));
  if (changes.length > 0) {
    if (!accepted) by = await askAboutChanges(engine, before, changes, chosen);
    const edited = changes.flatMap(({ step }) => (chosen.has(step) ? [step] : []));
    const some = edited.length === 0 ? {} : { again: edited };
    await engine.recorder.record({ type: "changes-accepted", by, changes, ...some });
  }
  const changeOf = new Map(changes.map((change) => [change.step, change.change]));
  for (const step of chosen.values()) {
    const change = changeOf.get(step.id);
    await reopen(engine, step, by, change === undefined ? `${by.user} asked for it` : `it was ${change}`);
  }
}

/**
 * Whoever accepts everything unseen keeps what does not run again.
 *
 * @throws LockstepError `bad-argument` for a step that cannot be kept.
 */
export function requireKept(changes: readonly StepChange[], again: readonly PlanStep[]): void {
  const ids = again.map(({ id }) => id);
  const change = changes.find((one) => whyNotKept(one, ids) !== undefined);
  if (change === undefined) return;
  throw new LockstepError({
    code: "bad-argument",
    message: `${whyNotKept(change, ids)}`,
    hint: `Add --again ${change.step}`,
  });
}

async function askAboutChanges(
  engine: Engine,
  before: Plan,
  changes: readonly StepChange[],
  chosen: Map<string, PlanStep>,
): Promise<Actor> {
  const question = {
    kind: "changed",
    step: "runbook",
    number: "runbook",
    title: changes.length === 1 ? "changed in one place" : `changed in ${changes.length} places`,
    changes,
    reworded: rewordedSteps(before, engine.plan, changes),
    again: [...chosen.keys()],
    ...sourceOf(engine),
  } as const;
  const place = askPlace({ id: "runbook", number: "runbook", title: "" });
  const { answer, by } = await ask(engine, place, question, engine.endIdle);
  const more = answer.say === "accept" ? (answer.again ?? []) : [];
  for (const step of stepsOf(engine.plan)) if (more.includes(step.id)) chosen.set(step.id, step);
  return by;
}

function sourceOf({ state }: Engine): { readonly source?: string } {
  const { commit, uncommitted } = state.source ?? {};
  if (commit === undefined) return {};
  return { source: `git ${commit}${uncommitted ? ", and changes that were not committed" : ""}` };
}
