import type { PlanStep } from "../../dsl/plan/plan.ts";
import { everyStepOf } from "../../dsl/plan/walk-plan.ts";
import { attachAttempt } from "../attempts/attach-attempt.ts";
import { claimAttempt } from "../attempts/claim-attempt.ts";
import { inspectAttempt } from "../attempts/inspect-attempt.ts";
import { answerBefore } from "../engine/ask.ts";
import { continueAttempt } from "../engine/attempt-step.ts";
import { conclude, finish } from "../engine/conclude.ts";
import type { Engine } from "../engine/engine.ts";
import { isHalt } from "../engine/halt.ts";
import { settleFound } from "../engine/resolve-unknown.ts";
import { baseId, type StepRecord } from "../engine/run-state.ts";
import { graceSeconds, readStdout } from "../executors/text-executor.ts";
import { askPlace } from "./run-undo-action.ts";

/**
 * Brings to their end the steps that an earlier lockstep left running, before anything is undone: a write is left to
 * end, unless it may be interrupted; a read is ended; a wait or a question is over. What runs in the background ends
 * with the run.
 *
 * @param which Tells the keys of those that are not taken up where they are run; all unless given.
 */
export async function settleRunning(engine: Engine, which: (key: string) => boolean = () => true): Promise<void> {
  const running = [...engine.state.steps.values()].filter(
    ({ key, outcome, started }) =>
      outcome === undefined && !started.background && !key.startsWith("undo:") && which(key),
  );
  if (running.length === 0) return;
  const steps = stepsById(engine);
  await Promise.all(
    running.map(async (record) => {
      const step = steps.get(baseId(record.key)) ?? { ...askPlace(record.started), effect: record.started.effect };
      if (hasProcess(step)) await settle(engine, step, record);
      else await finish(engine, record.key, { outcome: "not-started", remark: "ended before it was done" });
    }),
  );
  if (engine.stopping()) throw engine.interrupted();
}

async function settle(engine: Engine, step: PlanStep, record: StepRecord): Promise<void> {
  const { key, attempts, started } = record;
  const folder = engine.folder.attemptFolder(key, attempts);
  const found = await inspectAttempt(folder, { startedBoot: started.boot });
  if (found.state === "running" && mayBeEnded(step)) {
    const { kind } = await attachAttempt(folder, { graceSeconds }).end("guard");
    // by itself, just before
    if (kind === "exited") return settle(engine, step, record);
    return finish(engine, key, { outcome: endedAs(step), remark: "ended before it was undone" });
  }
  if (found.state === "running") {
    await engine.recorder.record({ ...started, attached: true });
    await conclude(engine, step, key, await continueAttempt(engine, step, key), undefined);
    return;
  }
  if (found.state === "ended") {
    const printed = await readStdout(folder);
    const { exitCode, endedAt } = found;
    await conclude(engine, step, key, { kind: "done", exitCode, ...printed, endedAt }, undefined);
    return;
  }
  if (found.state === "not-begun" && !(await claimAttempt(folder))) return settle(engine, step, record);
  const nothing = found.state === "not-begun";
  await finish(engine, key, {
    outcome: nothing ? "not-started" : endedAs(step),
    remark: found.state === "unknown" ? found.reason : "it had not begun",
  });
}

/** Takes what somebody answered about a write of unknown outcome while nobody ran it: it decides what there is to undo. */
export async function takeWhatWasFound(engine: Engine): Promise<void> {
  for (const { question } of [...engine.state.questions.open.values()]) {
    const record = engine.state.steps.get(question.step);
    // an undo takes its own, in its turn
    if (question.kind !== "unknown" || record?.outcome !== "unknown" || question.step.startsWith("undo:")) continue;
    const answered = await unlessBack(answerBefore(engine, question));
    if (answered === undefined) continue;
    const step = stepsById(engine).get(baseId(question.step));
    // what undoes it is known by the plan that it ran by
    const isTheSame = step?.fingerprint === record.started.fingerprint;
    await settleFound(engine, isTheSame ? step : askPlace(record.started), question, answered);
  }
}

/** To go back is what happens anyway. */
async function unlessBack<T>(answering: Promise<T>): Promise<T | undefined> {
  try {
    return await answering;
  } catch (error) {
    if (isHalt(error) && error.reason.kind === "roll-back") return undefined;
    throw error;
  }
}

function stepsById({ plan }: Engine): ReadonlyMap<string, PlanStep> {
  return new Map(everyStepOf(plan).map((step) => [step.id, step]));
}

/** People, waits and gates have none. */
function hasProcess({ execution, action }: PlanStep): boolean {
  return execution !== "person" && action.kind !== "wait" && action.kind !== "gate";
}

function mayBeEnded({ effect, interruptible }: PlanStep): boolean {
  return effect === "read" || interruptible;
}

function endedAs({ effect }: PlanStep): "not-started" | "unknown" {
  return effect === "read" ? "not-started" : "unknown";
}
