import { renderPlanCommand } from "../../dsl/plan/resolve-operand.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { pause } from "../engine/pause.ts";
import { runCheck } from "../engine/run-check.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { executeText } from "./text-executor.ts";

/** Shows a read: once where nobody looks, else again and again until a person has seen enough. */
export async function executeWatch(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step } = attempt;
  if (step.action.kind !== "watch") throw new TypeError("not a watch");
  const first = await executeText(engine, attempt, renderPlanCommand(step.action.shown, engine.scope));
  if (!engine.attended || first.kind !== "done" || first.exitCode !== 0)
    return first.kind === "done" && first.exitCode === 0 ? { ...first, remark: "shown once" } : first;
  return untilSeen(engine, attempt);
}

async function untilSeen(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key, cwd, env } = attempt;
  if (step.action.kind !== "watch") throw new TypeError("not a watch");
  const { until, intervalSeconds, shown } = step.action;
  const over = new AbortController();
  const signal = AbortSignal.any([attempt.signal, over.signal]);
  const question = { kind: "watch", step: key, number: step.number, title: engine.text(step.title), until } as const;
  const seen = ask(engine, step, question, attempt.signal).finally(() => over.abort());
  seen.catch(() => {});
  while (!signal.aborted) {
    await pause(intervalSeconds, signal);
    if (signal.aborted) break;
    const { stdout } = await runCheck(engine, { command: shown, expect: [] }, { cwd, env, signal });
    engine.recorder.show({ type: "output", step: key, number: step.number, stream: "stdout", text: stdout });
  }
  try {
    const { by } = await seen;
    return { kind: "done", exitCode: 0, remark: `seen by ${by.user}` };
  } catch (error) {
    if (attempt.signal.aborted) return { kind: "ended", remark: "ended before anybody had seen enough" };
    throw error;
  }
}
