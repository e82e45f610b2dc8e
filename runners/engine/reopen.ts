import type { PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { repeatedSteps } from "../changes/repeated-steps.ts";
import type { Actor } from "../events/run-event.ts";
import { coveredSteps } from "./approval-cover.ts";
import type { Engine } from "./engine.ts";
import { isDone, type RunState, type StepRecord } from "./run-state.ts";

/**
 * A step that is done runs again in its turn, since somebody decided so.
 *
 * @returns What must run again before it: what ran beside it, and who approved that it runs once.
 */
export async function reopen(engine: Engine, step: PlanStep, by: Actor, why: string): Promise<readonly PlanStep[]> {
  const { plan, state } = engine;
  await reopenOne(engine, step, by, why);
  const before = stepsOf(plan).filter(
    (other) => isDone(state.steps.get(other.id)) && (runsBeside(engine, other, step) || covers(engine, other, step)),
  );
  for (const other of before)
    await reopenOne(engine, other, by, other.background ? `${step.number} runs again beside it` : voidSince(step));
  return before;
}

/** Why a step cannot run again, in words that follow its number; undefined if it can. */
export function whyNotAgain(
  state: RunState,
  step: PlanStep,
  repeated: ReadonlyMap<string, string>,
): string | undefined {
  const record = state.steps.get(step.id);
  if (repeated.has(step.id)) return "is repeated, and what was decided about its passes stays";
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

/** What a person skipped can run all the same; what was decided by a value was not. */
function isLeftOut({ outcome, finished }: StepRecord): boolean {
  return outcome === "skipped" && finished?.by === undefined;
}

async function reopenOne({ recorder, state }: Engine, step: PlanStep, by: Actor, why: string): Promise<void> {
  const guards = step.guards.filter((id) => state.guards.get(id)?.state === "closed");
  await recorder.record({ type: "reopened", step: step.id, by, why, guards });
}

function runsBeside({ plan, sections }: Engine, other: PlanStep, step: PlanStep): boolean {
  if (!other.background || repeatedSteps(plan).has(other.id)) return false;
  const { endsWith } = other.background;
  const steps = stepsOf(plan).map(({ id }) => id);
  const isInside = endsWith === "" || sections.around(step.id).includes(endsWith);
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
