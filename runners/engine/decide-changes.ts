import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { repeatsAround } from "../changes/repeats-around.ts";
import { rewordedSteps } from "../changes/reworded-steps.ts";
import { type Actor, doneKey, type StepChange } from "../events/run-event.ts";
import { askPlace } from "../rollback/run-undo-action.ts";
import type { ResumeOptions } from "../run-options.ts";
import { ask } from "./ask.ts";
import { whyNotKept } from "./check-answer.ts";
import type { Engine } from "./engine.ts";
import { passesOf } from "./passes.ts";
import { type PlacedStep, reopen, whyNotAgain } from "./reopen.ts";
import { baseId } from "./run-state.ts";

/**
 * The steps that somebody wants to run again.
 *
 * @param keys An id, or that of a pass: `look[2]`.
 * @throws LockstepError `unknown-step`, `bad-argument` for one that cannot.
 */
export function stepsToRunAgain(engine: Engine, keys: readonly string[]): readonly PlacedStep[] {
  const { plan, state } = engine;
  const steps = new Map(stepsOf(plan).map((step) => [step.id, step]));
  const around = repeatsAround(plan);
  return [...new Set(keys)].map((key) => {
    const [id, passes] = [baseId(key), passesOf(key)];
    const step = steps.get(id);
    if (!step)
      throw new LockstepError({
        code: "unknown-step",
        message: `there is no step "${key}" to run again`,
        hint: didYouMean(id, [...steps.keys()]),
      });
    const backwards = state.rollback ? "is being rolled back with all of the run" : undefined;
    const placed = { step, passes };
    const why = backwards ?? whyNotAgain(state, placed, around);
    if (why === undefined) return placed;
    throw new LockstepError({
      code: "bad-argument",
      message: `${step.number}${passes} ${key} cannot run again: it ${why}`,
      hint: `Only a step that is done runs again${around.has(id) ? ", and of a repeat its last pass" : ""}`,
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
  }: { readonly before: Plan; readonly changes: readonly StepChange[]; readonly again: readonly PlacedStep[] },
  { acceptChanges: accepted }: ResumeOptions,
): Promise<void> {
  let { by } = engine;
  const chosen = new Map(again.map((placed) => [placed.step.id + placed.passes, placed]));
  if (changes.length > 0) {
    if (!accepted) by = await askAboutChanges(engine, before, changes, chosen);
    const edited = changes.map(doneKey).filter((key) => chosen.has(key));
    const some = edited.length === 0 ? {} : { again: edited };
    await engine.recorder.record({ type: "changes-accepted", by, changes, ...some });
  }
  const changeOf = new Map(changes.map((change) => [doneKey(change), change.change]));
  for (const [key, { step, passes }] of chosen) {
    const change = changeOf.get(key);
    await reopen(engine, step, passes, by, change === undefined ? `${by.user} asked for it` : `it was ${change}`);
  }
}

/**
 * Whoever accepts everything unseen keeps what does not run again.
 *
 * @throws LockstepError `bad-argument` for a step that cannot be kept.
 */
export function requireKept(changes: readonly StepChange[], again: readonly PlacedStep[]): void {
  const keys = again.map(({ step, passes }) => step.id + passes);
  const change = changes.find((one) => whyNotKept(one, keys) !== undefined);
  if (change === undefined) return;
  throw new LockstepError({
    code: "bad-argument",
    message: `${whyNotKept(change, keys)}`,
    hint: `Add --again ${doneKey(change)}`,
  });
}

async function askAboutChanges(
  engine: Engine,
  before: Plan,
  changes: readonly StepChange[],
  chosen: Map<string, PlacedStep>,
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
  for (const step of stepsOf(engine.plan))
    for (const key of more) if (baseId(key) === step.id) chosen.set(key, { step, passes: passesOf(key) });
  return by;
}

function sourceOf({ state }: Engine): { readonly source?: string } {
  const { commit, uncommitted } = state.source ?? {};
  if (commit === undefined) return {};
  return { source: `git ${commit}${uncommitted ? ", and changes that were not committed" : ""}` };
}
