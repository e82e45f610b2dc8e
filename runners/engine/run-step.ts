import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { Actor } from "../events/run-event.ts";
import { passWindow } from "../policy/pass-window.ts";
import { answerBefore, ask, recordAsked, toAsk } from "./ask.ts";
import { beginAttempt, continueAttempt } from "./attempt-step.ts";
import { conclude, finish } from "./conclude.ts";
import { decideIfLeftOut } from "./decide.ts";
import type { Engine } from "./engine.ts";
import { Halt, isHalt } from "./halt.ts";
import { pause } from "./pause.ts";
import { resolveUnknown } from "./resolve-unknown.ts";
import { isDone } from "./run-state.ts";
import { decideIfStale, noteStale } from "./stale-inputs.ts";
import { takeUp } from "./take-up.ts";
import { renewApproval } from "./void-approvals.ts";

/**
 * Brings one step to its end, from wherever its journal says it stands. A step that is settled is not touched.
 *
 * @param passes The passes of the repeats around it, such as "[2]".
 * @param closed Aborted, with what it then throws, when nothing new may start beside it: no attempt, and no retry.
 */
export async function runStep(engine: Engine, step: PlanStep, passes: string, closed?: AbortSignal): Promise<void> {
  const key = step.id + passes;
  await decideIfLeftOut(engine, step, key);
  await decideIfStale(engine, step, key, (before) => runStep(engine, before.step, before.passes));
  if (!isDone(engine.state.steps.get(key))) {
    await admit(engine, step, key);
    closed?.throwIfAborted();
    const { order } = engine.state;
    if (!(await decidedFromElsewhere(engine, step, key))) await attemptUntilDone(engine, step, key, closed);
    await noteStale(engine, step, order);
  }
  // a repeat ends the ranges that end in it, once its last pass is over
  if (passes === "") await engine.guards.release(step);
}

/** A step may start when nothing says stop and every guard around it sees. */
async function admit(engine: Engine, step: PlanStep, key: string): Promise<void> {
  if (engine.stopping()) throw engine.interrupted(key);
  await engine.guards.admit(step, key);
  if (engine.stopping()) throw engine.interrupted(key);
  const lost = engine.backgrounds.lost();
  if (lost) throw await failFor(engine, lost.step, lost.key, lost.message);
}

/** The loop of attempts: until it is ok, skipped or overruled; else it halts the run. */
async function attemptUntilDone(engine: Engine, step: PlanStep, key: string, closed?: AbortSignal): Promise<void> {
  const firstTry = triesUntilNow(engine, key);
  let result = await takeUp(engine, step, key);
  if (result === "settled") return;
  let decided = false;
  for (let tries = firstTry; ; tries += 1) {
    if (result === undefined) {
      if (!decided && (await askToStart(engine, step, key)) === "skipped") return;
      const goesOn = engine.state.steps.get(key)?.outcome === undefined && engine.state.steps.has(key);
      if (!goesOn) await passWindow(engine, step, key);
      const renew = (approval: PlanStep, passes: string): Promise<void> => runStep(engine, approval, passes);
      if (!goesOn && (await renewApproval(engine, step, renew))) await admit(engine, step, key);
      result = await (goesOn ? continueAttempt : beginAttempt)(engine, step, key);
    }
    decided = false;
    const retry = closed?.aborted ? undefined : retryAfter(step, tries);
    const verdict = await conclude(engine, step, key, result, retry);
    result = undefined;
    if (verdict.kind === "done") return;
    if (verdict.kind === "ended") {
      if (!endedByHandAlone(engine, step, key)) throw engine.guards.haltOf(step) ?? engine.interrupted(key);
      if ((await afterHand(engine, step, key)) === "over") return;
      decided = true;
      tries = 0;
      continue;
    }
    if (verdict.kind === "unknown") {
      const found = await resolveUnknown(engine, step, key, verdict.remark);
      if (found === "there") return;
      if (
        found === "partly" &&
        (await fail(engine, step, key, { remark: "found half done", overrulable: false })) === "over"
      )
        return;
      await admit(engine, step, key);
      continue;
    }
    if (verdict.retryIn !== undefined) {
      const unwanted = [engine.endIdle, engine.guards.signalFor(step), ...(closed ? [closed] : [])];
      await pause(verdict.retryIn, AbortSignal.any(unwanted));
      decided = true;
      await admit(engine, step, key);
      closed?.throwIfAborted();
      continue;
    }
    if ((await fail(engine, step, key, verdict)) === "over") return;
    decided = !takesAway(step);
    tries = 0;
    await admit(engine, step, key);
  }
}

/** A person ended this step, and nothing says that the run must stop. */
function endedByHandAlone(engine: Engine, step: PlanStep, key: string): boolean {
  return engine.endedByHand(key) && !engine.stopping() && !engine.guards.haltOf(step);
}

/** A read is back where it was before it started. A write may have done anything: the question is about the world. */
async function afterHand(engine: Engine, step: PlanStep, key: string): Promise<"over" | "again"> {
  if (engine.state.steps.get(key)?.outcome === "unknown") {
    const found = await resolveUnknown(engine, step, key, "ended by hand");
    if (found === "there") return "over";
    if (found === "partly") return fail(engine, step, key, { remark: "found half done", overrulable: false });
  }
  const asked = await askBeforeStart(engine, step, key);
  await admit(engine, step, key);
  return asked === "skipped" ? "over" : "again";
}

interface Failed {
  readonly remark: string;
  readonly overrulable: boolean;
  readonly declined?: true;
}

/** After the last attempt: a person decides where one looks on; else the run halts, and the failure is answered there. */
async function fail(
  engine: Engine,
  step: PlanStep,
  key: string,
  { remark, overrulable, declined }: Failed,
): Promise<"over" | "again"> {
  const question = failedQuestion(engine, step, key, remark, overrulable);
  // who has just said no is not asked what to make of it
  if (engine.attended && !declined) {
    const { answer, by } = await ask(engine, step, question, engine.endIdle).catch(async (error: unknown) => {
      // who leaves the menu in a guard's range leaves a failure there
      if (isHalt(error) && error.reason.kind === "declined") throw (await tripFor(engine, step, remark)) ?? error;
      throw error;
    });
    if (answer.say === "retry") return "again";
    if (answer.say === "skip") await settle(engine, key, "skipped", `by ${by.user}: ${answer.reason}`, by);
    if (answer.say === "overrule") await settle(engine, key, "overruled", `by ${by.user}: ${answer.reason}`, by);
    return "over";
  }
  if (!declined) await recordAsked(engine, toAsk(engine, step, question));
  throw await failFor(engine, step, key, remark, declined);
}

/** A failure in a guard's range trips the guard, unless the step has an answer of its own. */
export async function failFor(
  engine: Engine,
  step: PlanStep,
  key: string,
  message: string,
  declined?: true,
): Promise<Halt> {
  const halt = engine.guards.haltOf(step) ?? (await tripFor(engine, step, message));
  if (halt) return halt;
  return new Halt({ kind: "failed", step, key, message, ...(declined ? { declined } : {}) });
}

/** The procedure fails there, as if the step did: it trips a guard, and its section answers, but not the step itself. */
export function failAt(engine: Engine, place: PlanStep, key: string, message: string): Promise<Halt> {
  const { onFailure: _own, ...step } = place;
  return failFor(engine, step, key, message);
}

async function tripFor(engine: Engine, step: PlanStep, message: string): Promise<Halt | undefined> {
  if (step.onFailure) return undefined;
  await engine.guards.tripBy(step, `${step.number} failed: ${message}`);
  return engine.guards.haltOf(step);
}

/** What was decided about it before: about its start, or about a failure, also while nobody ran it. */
async function decidedFromElsewhere(engine: Engine, step: PlanStep, key: string): Promise<boolean> {
  const record = engine.state.steps.get(key);
  const open = engine.state.questions.open.get(key);
  const remark = record?.finished?.remark ?? "failed";
  const overrulable = record?.finished?.outputs !== undefined;
  const answered =
    open?.question.kind === "start"
      ? open.answered
      : record?.outcome === "failed" &&
        (await answerBefore(engine, toAsk(engine, step, failedQuestion(engine, step, key, remark, overrulable))));
  if (!answered) return false;
  const { answer, by } = answered;
  if (answer.say === "skip") await settle(engine, key, "skipped", `by ${by.user}: ${answer.reason}`, by);
  if (answer.say === "overrule") await settle(engine, key, "overruled", `by ${by.user}: ${answer.reason}`, by);
  return answer.say === "skip" || answer.say === "overrule";
}

function failedQuestion(engine: Engine, step: PlanStep, key: string, remark: string, overrulable: boolean) {
  const title = engine.text(step.title);
  return {
    kind: "failed",
    step: key,
    number: step.number,
    title,
    remark,
    inGuard: engine.guards.watchesOver(step),
    overrulable,
  } as const;
}

/**
 * Step-through: somebody decides before each step. Whoever looks on decides before what cannot be undone, and before
 * what somebody found missing.
 */
async function askToStart(engine: Engine, step: PlanStep, key: string): Promise<"go" | "skipped"> {
  if (step.execution === "person") return "go";
  const decides = engine.stepping() || (engine.attended && (takesAway(step) || foundMissing(engine, key)));
  return decides ? askBeforeStart(engine, step, key) : "go";
}

function foundMissing(engine: Engine, key: string): boolean {
  const record = engine.state.steps.get(key);
  return record?.outcome === "not-started" && record.finished?.by !== undefined;
}

function takesAway({ effect, undo }: PlanStep): boolean {
  return effect === "destructive" || undo.kind === "irreversible";
}

async function askBeforeStart(engine: Engine, step: PlanStep, key: string): Promise<"go" | "skipped"> {
  const command = step.command && engine.commandText(step.command);
  const question = {
    kind: "start",
    step: key,
    number: step.number,
    title: engine.text(step.title),
    effect: step.effect,
    ...(command === undefined ? {} : { command }),
  } as const;
  const { answer, by } = await ask(
    engine,
    step,
    question,
    AbortSignal.any([engine.endIdle, engine.guards.signalFor(step)]),
  );
  if (answer.say === "run-to-end") engine.runToEnd();
  if (answer.say !== "skip") return "go";
  await settle(engine, key, "skipped", `by ${by.user}: ${answer.reason}`, by);
  return "skipped";
}

function settle(
  engine: Engine,
  key: string,
  outcome: "skipped" | "overruled",
  remark: string,
  by: Actor,
): Promise<void> {
  return finish(engine, key, { outcome, remark, by, keepOutputs: outcome === "overruled" });
}

/** Which attempt of its `retry` comes next: an earlier lockstep may have made some of them. */
function triesUntilNow(engine: Engine, key: string): number {
  const record = engine.state.steps.get(key);
  if (!record) return 1;
  if (record.outcome === "failed") return record.finished?.retryIn === undefined ? 1 : record.tries + 1;
  return Math.max(1, record.tries);
}

/** Seconds until the next attempt; undefined if there is none. */
function retryAfter({ retry }: PlanStep, tries: number): number | undefined {
  if (!retry || tries >= retry.attempts) return undefined;
  return retry.everySeconds * retry.backoff ** (tries - 1);
}
