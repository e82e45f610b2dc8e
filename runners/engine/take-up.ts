import type { PlanStep } from "../../dsl/plan/plan.ts";
import { claimAttempt } from "../attempts/claim-attempt.ts";
import { inspectAttempt } from "../attempts/inspect-attempt.ts";
import type { AttemptResult } from "../executors/executor.ts";
import { exited } from "../executors/text-executor.ts";
import { continueAttempt } from "./attempt-step.ts";
import { finish } from "./conclude.ts";
import type { Engine } from "./engine.ts";
import { resolveUnknown } from "./resolve-unknown.ts";

/**
 * What became of an attempt that an earlier lockstep started and did not finish. Undefined: a new attempt begins.
 * "settled": there is nothing left to do.
 *
 * @param repeatable It does no harm to run it again when nobody knows how it ended.
 */
export async function takeUp(
  engine: Engine,
  step: PlanStep,
  key: string,
  repeatable: boolean = step.effect === "read" || step.background !== undefined,
): Promise<AttemptResult | undefined | "settled"> {
  const record = engine.state.steps.get(key);
  if (!record || record.attempts === 0) return undefined;
  if (record.outcome === "unknown" && repeatable) return undefined;
  if (record.outcome === "unknown")
    return afterUnknown(engine, step, key, record.finished?.remark ?? "its outcome is not known");
  if (record.outcome !== undefined) return undefined;
  // what people were asked is not what they would be asked now
  if (step.execution === "person" && record.started.fingerprint !== step.fingerprint)
    return restart(engine, key, "it was edited");
  if (isTakenUpByItself(step)) return continueAttempt(engine, step, key);
  const folder = engine.folder.attemptFolder(key, record.attempts);
  const found = await inspectAttempt(folder, { startedBoot: record.started.boot });
  switch (found.state) {
    case "not-begun":
      if (!(await claimAttempt(folder))) return takeUp(engine, step, key, repeatable);
      await finish(engine, key, { outcome: "not-started", remark: "it had not begun" });
      return undefined;
    case "ended":
      // a watch is over when somebody says so, not when it was shown once
      if (step.background || step.action.kind === "watch") return restart(engine, key);
      return { ...(await exited(folder, found.exitCode)), endedAt: found.endedAt };
    case "running":
      await engine.recorder.record({ ...record.started, attached: true });
      return continueAttempt(engine, step, key);
    case "unknown":
      if (repeatable) return restart(engine, key);
      await finish(engine, key, { outcome: "unknown", remark: found.reason, seconds: 0 });
      return afterUnknown(engine, step, key, found.reason);
  }
}

/** People, waits and gates have no process: they go on from the journal. */
function isTakenUpByItself({ execution, action }: PlanStep): boolean {
  return execution === "person" || action.kind === "wait" || action.kind === "gate";
}

async function restart(engine: Engine, key: string, remark = "its process is gone"): Promise<undefined> {
  await finish(engine, key, { outcome: "not-started", remark });
  return undefined;
}

async function afterUnknown(
  engine: Engine,
  step: PlanStep,
  key: string,
  remark: string,
): Promise<AttemptResult | undefined | "settled"> {
  const found = await resolveUnknown(engine, step, key, remark);
  if (found === "there") return "settled";
  if (found === "partly") return { kind: "failed", remark: "found half done", overrulable: false };
  return undefined;
}
