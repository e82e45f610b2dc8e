import type { PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { repeatsAround } from "../changes/repeats-around.ts";
import type { Actor } from "../events/run-event.ts";
import { coveredSteps } from "./approval-cover.ts";
import type { Engine } from "./engine.ts";
import { laterPass, latestKey, passesOf } from "./passes.ts";
import { isDone, type RunState, type StepRecord } from "./run-state.ts";

/** A step, and the passes of the repeats around it. */
export interface PlacedStep {
  readonly step: PlanStep;
  readonly passes: string;
}

/**
 * A step that is done runs again in its turn, since somebody decided so.
 *
 * @returns What must run again before it: what ran beside it, and who approved that it runs once.
 */
export async function reopen(
  engine: Engine,
  step: PlanStep,
  passes: string,
  by: Actor,
  why: string,
): Promise<readonly PlacedStep[]> {
  const { plan, state } = engine;
  await reopenOne(engine, step, passes, by, why);
  const before = stepsOf(plan).flatMap((other): readonly PlacedStep[] => {
    if (!runsBeside(engine, other, step) && !covers(engine, other, step)) return [];
    const key = latestKey(state, other.id);
    return isDone(state.steps.get(key)) ? [{ step: other, passes: passesOf(key) }] : [];
  });
  for (const { step: other, passes: around } of before) {
    const because = other.background ? `${step.number} runs again beside it` : voidSince(step);
    await reopenOne(engine, other, around, by, because);
  }
  return before;
}

/**
 * Why a step cannot run again, in words that follow its number; undefined if it can. Of a repeat that is its last pass:
 * what came of those before has happened.
 */
export function whyNotAgain(
  state: RunState,
  { step, passes }: PlacedStep,
  around: ReturnType<typeof repeatsAround>,
): string | undefined {
  const record = state.steps.get(step.id + passes);
  const repeats = around.get(step.id) ?? [];
  const latest = latestKey(state, step.id);
  if (repeats.length > 0 && passes === "") return `is repeated, and the pass must be named${passSaid(step, latest)}`;
  if ((passes.match(/\[/g) ?? []).length !== repeats.length) return "is not repeated like that";
  const later = record && laterPass(state, repeats, passes);
  if (later !== undefined) return `was followed by the pass ${later}, and what came of it has happened`;
  if (step.background) return "runs beside others, and begins again when one of them does";
  if (record?.outcome === undefined || !isDone(record)) return "is not done: it runs in its turn";
  if (record.outcome === "undone") return "was undone";
  return isLeftOut(record) ? `was left out: ${record.finished?.remark ?? "it was skipped"}` : undefined;
}

/**
 * An approval that was given is asked for again, such as when what it was given for is no longer what comes. The next
 * question about it has another name, for which nothing was said or signed.
 */
export async function voidApproval(
  { recorder, by }: Engine,
  key: string,
  why = "what it approved has changed since",
): Promise<void> {
  await recorder.record({ type: "reopened", step: key, by, why: `void: ${why}`, guards: [] });
}

function passSaid({ number }: PlanStep, latest: string): string {
  const passes = passesOf(latest);
  return passes === "" ? "" : `, as lockstep log names it: ${number}${passes}`;
}

/** A decision has left it out. What a person skipped can run all the same. */
export function isLeftOut(record: StepRecord | undefined): boolean {
  return record?.outcome === "skipped" && record.finished?.by === undefined && record.reopened === undefined;
}

async function reopenOne(
  { recorder, state }: Engine,
  { id, guards: around }: PlanStep,
  passes: string,
  by: Actor,
  why: string,
): Promise<void> {
  const guards = around.filter((guard) => state.guards.get(guard)?.state === "closed");
  await recorder.record({ type: "reopened", step: id + passes, by, why, guards });
}

/** What ran beside it ended with its section, or with the pass. */
function runsBeside({ plan, sections }: Engine, other: PlanStep, step: PlanStep): boolean {
  if (!other.background) return false;
  const { endsWith } = other.background;
  const steps = stepsOf(plan).map(({ id }) => id);
  const repeats = repeatsAround(plan).get(step.id) ?? [];
  const isInside =
    endsWith === "" || sections.around(step.id).includes(endsWith) || repeats.some(({ id }) => id === endsWith);
  return isInside && steps.indexOf(other.id) < steps.indexOf(step.id);
}

/** Who approved that something is done approved that it is done once; looking again needs nobody. */
function covers({ plan }: Engine, other: PlanStep, step: PlanStep): boolean {
  if (other.action.kind !== "approval" || step.effect === "read") return false;
  return coveredSteps(plan, other.id).some(({ id }) => id === step.id);
}

function voidSince({ number }: PlanStep): string {
  return `void: ${number} runs again, and it was approved once`;
}
