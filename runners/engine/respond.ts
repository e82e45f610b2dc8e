import type { PlanResponse } from "../../dsl/plan/plan.ts";
import { guardsOf, responsesOf, stepsIn } from "../../dsl/plan/walk-plan.ts";
import type { StoppedEvent } from "../events/run-event.ts";
import { rollBack } from "../rollback/roll-back.ts";
import { settleRunning, takeWhatWasFound } from "../rollback/settle-running.ts";
import type { RollbackScope } from "../rollback/undo-plan.ts";
import type { RunResult } from "../run-options.ts";
import type { Engine } from "./engine.ts";
import { type HaltReason, isHalt } from "./halt.ts";
import { leftRunning } from "./left-running.ts";
import { runBlocks } from "./run-blocks.ts";
import { baseId } from "./run-state.ts";

type Ending = Omit<RunResult, "run">;

/** What a halt leads to: a rollback, other steps, or a stop that can be resumed. */
export async function respondTo(engine: Engine, reason: HaltReason): Promise<Ending> {
  const decided = engine.takeDecision();
  switch (reason.kind) {
    case "failed": {
      // who decided to go back while it ran meant it, however it ended
      if (decided !== undefined)
        return answer(engine, reason.key, { kind: "rollback" }, sinceGuard(engine, reason.key), decided);
      const { step, key, message, declined } = reason;
      const why = declined ? `${step.number} ${message}` : `${step.number} failed: ${message}`;
      const own = step.onFailure && { owner: step.id, response: step.onFailure };
      const { owner, response } = own ??
        engine.sections.responseFor(step.id) ?? { owner: step.id, response: { kind: "stop" } };
      if (response.kind === "stop" && declined)
        return stop(engine, { reason: "declined", exitCode: 3, step: key, message: why, refusal: message });
      if (response.kind === "stop") return stop(engine, { reason: "failed", exitCode: 1, step: key, message: why });
      return answer(engine, owner, response, { scope: "all" }, why);
    }
    case "tripped": {
      const guard = guardsOf(engine.plan).find(({ id }) => id === reason.guard);
      const why = engine.state.guards.get(reason.guard)?.why ?? `the guard ${reason.guard} tripped`;
      const step = reason.during === undefined ? {} : { step: reason.during };
      if (!guard || guard.onTrip.kind === "stop")
        return stop(engine, { reason: "tripped", exitCode: 1, message: why, ...step });
      return answer(engine, guard.id, guard.onTrip, { scope: "since-guard", guard: guard.id }, why);
    }
    case "roll-back":
      return answer(engine, reason.step, { kind: "rollback" }, sinceGuard(engine, reason.step), reason.message);
    case "suspended": {
      const ending = await stop(engine, {
        reason: reason.changes ? "changed" : "suspended",
        exitCode: 75,
        step: reason.step,
        message: reason.message,
      });
      return reason.changes ? { ...ending, changes: reason.changes } : ending;
    }
    case "declined":
      return stop(engine, { reason: "declined", exitCode: 3, step: reason.step, message: reason.message });
    case "interrupted": {
      const exitCode = reason.signal === "SIGINT" ? 130 : 143;
      const step = reason.step === undefined ? {} : { step: reason.step };
      return stop(engine, { reason: "interrupted", exitCode, message: `interrupted by ${reason.signal}`, ...step });
    }
    case "rollback-failed":
      return stop(engine, { reason: "rollback-failed", exitCode: 1, step: reason.step, message: reason.message });
  }
}

/** Goes on with the answer that an earlier lockstep had begun. */
export async function continueResponse(engine: Engine): Promise<Ending | undefined> {
  const { rollback, response: owner } = engine.state;
  if (rollback) {
    const scope: RollbackScope = {
      scope: rollback.scope,
      ...(rollback.guard === undefined ? {} : { guard: rollback.guard }),
    };
    return answer(engine, "", { kind: "rollback" }, scope, rollback.why);
  }
  const begun =
    owner === undefined ? undefined : responsesOf(engine.plan).find((candidate) => candidate.owner === owner);
  return begun && answer(engine, begun.owner, begun.response, { scope: "all" }, "resumed");
}

/** Runs an answer; one that does not succeed itself is answered by a stop, not by another answer. */
export async function answer(
  engine: Engine,
  owner: string,
  response: PlanResponse,
  scope: RollbackScope,
  why: string,
): Promise<Ending> {
  try {
    // what answers a trip or a failure is in no range
    await engine.guards.stop();
    const taken = new Set(stepsIn(response.kind === "blocks" ? response.body : []).map(({ id }) => id));
    await settleRunning(engine, (key) => !taken.has(baseId(key)));
    await takeWhatWasFound(engine);
    if (response.kind === "blocks") {
      if (engine.state.response !== owner) await engine.recorder.record({ type: "response-started", owner, why });
      await runBlocks(engine, response.body, "");
      return await end(engine, "answered", why);
    }
    await rollBack(engine, response.kind === "rollback-all" ? { scope: "all" } : scope, why);
    return await end(engine, "rolled-back", why);
  } catch (error) {
    if (!isHalt(error)) throw error;
    const { reason } = error;
    if (reason.kind !== "failed" && reason.kind !== "tripped" && reason.kind !== "roll-back")
      return respondTo(engine, reason);
    const step = reason.kind === "failed" ? { step: reason.key } : {};
    const message = reason.kind === "failed" ? `${reason.step.number} failed: ${reason.message}` : why;
    return stop(engine, { reason: "failed", exitCode: 1, message, ...step });
  }
}

export async function end(
  engine: Engine,
  result: "ok" | "rolled-back" | "answered",
  message?: string,
): Promise<Ending> {
  const exitCode = result === "ok" ? 0 : 4;
  await engine.backgrounds.end("all", true);
  await engine.guards.stop();
  const words = message === undefined ? {} : { message };
  await engine.recorder.record({ type: "ended", result, exitCode, ...words, ...leaves(engine) });
  return { exitCode, state: result, ...(message === undefined ? {} : { message }) };
}

type Stop = Pick<StoppedEvent, "reason" | "exitCode" | "message" | "step" | "refusal">;

const states: Readonly<Record<Stop["reason"], RunResult["state"]>> = {
  failed: "failed",
  tripped: "failed",
  "rollback-failed": "failed",
  disk: "failed",
  suspended: "suspended",
  changed: "suspended",
  declined: "declined",
  interrupted: "interrupted",
};

/** Nothing runs any more, and the run can be resumed. */
export async function stop(engine: Engine, { reason, exitCode, message, step, refusal }: Stop): Promise<Ending> {
  const at = step === undefined ? {} : { step };
  await engine.backgrounds.end("all", false);
  await engine.guards.stop();
  const words = refusal === undefined ? {} : { refusal };
  await engine.recorder.record({ type: "stopped", reason, exitCode, message, ...at, ...words, ...leaves(engine) });
  return { exitCode, state: states[reason], message, ...at };
}

function leaves(engine: Engine): Pick<StoppedEvent, "leaves"> {
  const left = leftRunning(engine);
  return left.length === 0 ? {} : { leaves: left };
}

/** In a guard's range going back means to where the guard began; elsewhere to the beginning. */
function sinceGuard(engine: Engine, key: string): RollbackScope {
  const open = guardsOf(engine.plan).filter(({ id }) => (engine.state.guards.get(id)?.state ?? "closed") !== "closed");
  const guard = open.find(({ id }) => id === key) ?? open.find(({ covers }) => covers.includes(baseId(key)));
  return guard ? { scope: "since-guard", guard: guard.id } : { scope: "all" };
}
