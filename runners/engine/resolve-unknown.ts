import type { PlanStep } from "../../dsl/plan/plan.ts";
import { ask } from "./ask.ts";
import { placeOf } from "./attempt-step.ts";
import { finish } from "./conclude.ts";
import type { Engine } from "./engine.ts";
import { runCheck } from "./run-check.ts";

/**
 * A write began, and nobody knows how it ended: its probe decides, without one a person, without a person the run
 * stays suspended. It never runs again by itself.
 */
export async function resolveUnknown(
  engine: Engine,
  step: PlanStep,
  key: string,
  remark: string,
): Promise<"there" | "missing" | "partly"> {
  const probed = await probe(engine, step);
  if (probed === "there") {
    await finish(engine, key, { outcome: "ok", remark: "by its probe: it is there, and is not run again" });
    return "there";
  }
  if (probed === "missing") {
    await finish(engine, key, { outcome: "not-started", remark: "by its probe: it is not there" });
    return "missing";
  }
  const command = step.command && engine.commandText(step.command);
  const title = engine.text(step.title);
  const question = {
    kind: "unknown",
    step: key,
    number: step.number,
    title,
    remark,
    ...(command === undefined ? {} : { command }),
  } as const;
  const { answer, by } = await ask(engine, step, question, engine.endIdle);
  const says = `${answer.say}, says ${by.user}: ${"how" in answer ? answer.how : ""}`;
  if (answer.say === "there") await finish(engine, key, { outcome: "ok", remark: says, by });
  if (answer.say === "missing") await finish(engine, key, { outcome: "not-started", remark: says, by });
  if (answer.say === "partly") await finish(engine, key, { outcome: "failed", remark: says, by });
  return answer.say as "there" | "missing" | "partly";
}

/**
 * A probe that says what it must show tells "missing" by ending well without it; one that does not tells it by exit
 * code 1, as `test` does. Anything else says nothing: a cluster that cannot be reached is no answer.
 */
async function probe(engine: Engine, step: PlanStep): Promise<"there" | "missing" | "unclear"> {
  if (!step.probe) return "unclear";
  const { ok, exitCode } = await runCheck(engine, step.probe, {
    ...placeOf(engine, step.settings),
    signal: engine.endNow,
  });
  if (ok) return "there";
  return exitCode === (step.probe.expect.length > 0 ? 0 : 1) ? "missing" : "unclear";
}
