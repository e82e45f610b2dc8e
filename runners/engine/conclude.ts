import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import type { Actor, FinishedEvent, Outcome } from "../events/run-event.ts";
import type { AttemptResult } from "../executors/executor.ts";
import type { Engine } from "./engine.ts";
import { judge } from "./judge.ts";
import { recordUndo } from "./record-undo.ts";

export type Verdict =
  | { readonly kind: "done" }
  | { readonly kind: "ended" }
  | { readonly kind: "unknown"; readonly remark: string }
  | (Pick<Failure, "remark" | "overrulable" | "declined"> & { readonly kind: "failed"; readonly retryIn?: number });

/** Judges how an attempt ended, and journals it. */
export async function conclude(
  engine: Engine,
  step: PlanStep,
  key: string,
  result: AttemptResult,
  retryIn: number | undefined,
): Promise<Verdict> {
  switch (result.kind) {
    case "running":
      return { kind: "done" };
    case "overruled":
      await finish(engine, key, { outcome: "overruled", remark: result.remark });
      return { kind: "done" };
    case "answered":
      await finish(engine, key, {
        outcome: "ok",
        remark: result.remark,
        outputs: result.outputs,
        ...recordUndo(engine, step, "", result.outputs),
      });
      return { kind: "done" };
    case "failed":
      // nobody knows how much of a write its time-out cut off
      return failed(engine, step, key, result, result.midway && step.effect !== "read" ? undefined : retryIn);
    case "ended": {
      const { kind } = step.action;
      const known = step.effect === "read" || step.execution === "person" || kind === "wait";
      const begun = kind === "wait" || kind === "gate" ? ({ begun: true } as const) : {};
      await finish(engine, key, { outcome: known ? "not-started" : "unknown", remark: result.remark, ...begun });
      return { kind: "ended" };
    }
    case "unknown":
      if (step.effect === "read") return failed(engine, step, key, { ...result, overrulable: false }, retryIn);
      await finish(engine, key, { outcome: "unknown", remark: result.remark });
      return { kind: "unknown", remark: result.remark };
    case "done":
      return concludeDone(engine, step, key, result, retryIn);
  }
}

/** An attempt is its exit code, its captures and its `expect`; all three make it ok. */
async function concludeDone(
  engine: Engine,
  step: PlanStep,
  key: string,
  { exitCode, stdout, cut, remark, words, endedAt }: Extract<AttemptResult, { kind: "done" }>,
  retryIn: number | undefined,
): Promise<Verdict> {
  const end = { exitCode, ...secondsUntil(engine, key, endedAt) };
  if (exitCode !== 0) {
    const said = words === undefined ? "" : `: ${words}`;
    return failed(engine, step, key, { remark: `exit code ${exitCode}${said}`, overrulable: false, ...end }, retryIn);
  }
  const verdict = await judge(step, { stdout: stdout ?? "", cut }, engine.scope);
  if (!verdict.ok) {
    // a deployment is not repeated because a check of it failed
    const again = step.effect === "read" ? retryIn : undefined;
    return failed(engine, step, key, { ...verdict, ...end }, again);
  }
  const said = remark ?? (step.expect.length > 0 ? "as expected" : undefined);
  const outputs = step.outputs.length > 0 ? { outputs: verdict.outputs } : {};
  await finish(engine, key, {
    outcome: "ok",
    ...end,
    ...outputs,
    ...(said === undefined ? {} : { remark: said }),
    ...recordUndo(engine, step, stdout ?? "", verdict.outputs),
  });
  return { kind: "done" };
}

interface Failure {
  readonly remark: string;
  readonly overrulable: boolean;
  readonly declined?: true;
  readonly exitCode?: number;
  readonly seconds?: number;
  readonly outputs?: FinishedEvent["outputs"];
}

async function failed(
  engine: Engine,
  step: PlanStep,
  key: string,
  failure: Failure,
  retryIn: number | undefined,
): Promise<Verdict> {
  const { remark, overrulable, exitCode, seconds, outputs } = failure;
  const again = retryIn === undefined || step.execution === "person" ? {} : { retryIn };
  await finish(engine, key, {
    outcome: "failed",
    remark,
    ...again,
    ...(exitCode === undefined ? {} : { exitCode }),
    ...(seconds === undefined ? {} : { seconds }),
    // kept for a person who overrules it
    ...(overrulable && outputs
      ? { outputs, ...recordUndo(engine, step, undefined, outputs as Readonly<Record<string, PlainValue>>) }
      : {}),
  });
  return { kind: "failed", remark, overrulable, ...again, ...(failure.declined ? { declined: true } : {}) };
}

export interface Finish {
  readonly outcome: Outcome;
  readonly exitCode?: number;
  readonly outputs?: FinishedEvent["outputs"];
  readonly remark?: string;
  readonly undo?: FinishedEvent["undo"];
  readonly by?: Actor;
  readonly retryIn?: number;
  readonly begun?: true;
  /** What an attempt gave before a person overruled its failure stays. */
  readonly keepOutputs?: boolean;
  /** How long it took, where that is not the time since the step began. */
  readonly seconds?: number;
}

/** Journals the end of a step's attempt. */
export async function finish(
  engine: Engine,
  key: string,
  { keepOutputs, outputs, undo, seconds, ...end }: Finish,
): Promise<void> {
  const record = engine.state.steps.get(key);
  const since = record && record.order > 0 ? engine.secondsSince(record.startedAt, record.started.boot) : 0;
  const given = keepOutputs ? record?.finished?.outputs : outputs;
  await engine.recorder.record({
    type: "finished",
    step: key,
    attempt: record?.attempts ?? 0,
    seconds: Math.round((seconds ?? since) * 1000) / 1000,
    ...(given === undefined ? {} : { outputs: given }),
    ...(undo === undefined ? {} : { undo }),
    ...end,
  });
}

/** What ended while nobody ran lockstep took as long as itself says. */
function secondsUntil(engine: Engine, key: string, endedAt: number | undefined): { readonly seconds?: number } {
  const record = engine.state.steps.get(key);
  if (endedAt === undefined || record === undefined) return {};
  return { seconds: Math.max(0, (endedAt - record.startedAt.wall) / 1000) };
}
