import type { PlanOutput, PlanStep } from "../../dsl/plan/plan.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import { outputsIn } from "../changes/outputs-in.ts";
import { parseGiven } from "../questions/given-value.ts";
import { ownValue } from "../questions/own-value.ts";
import type { Question } from "../questions/question.ts";
import { ask } from "./ask.ts";
import { placeOf } from "./attempt-step.ts";
import { finish } from "./conclude.ts";
import type { Engine } from "./engine.ts";
import { recordUndo } from "./record-undo.ts";
import { runCheck } from "./run-check.ts";
import type { Answered } from "./take-answer.ts";

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
  const probed = await probe(engine, step, key);
  const gives = usedOutputs(engine, step);
  if (probed === "there" && gives.length === 0) {
    await finish(engine, key, { ...found, outcome: "ok", remark: "by its probe: it is there, and is not run again" });
    return "there";
  }
  if (probed === "missing") {
    await finish(engine, key, { ...found, outcome: "not-started", remark: "by its probe: it is not there" });
    return "missing";
  }
  const command = step.command && engine.commandText(step.command);
  const title = engine.text(step.title);
  const question = {
    kind: "unknown",
    step: key,
    number: step.number,
    title,
    remark: probed === "there" ? `${remark}; by its probe it is there, but not what it gave` : remark,
    gives,
    ...(command === undefined ? {} : { command }),
  } as const;
  const answered = await ask(engine, step, question, engine.endIdle);
  return settleFound(engine, step, question, answered);
}

/** What a person found is how it ended. */
export async function settleFound(
  engine: Engine,
  step: PlanStep,
  { step: key, gives }: Pick<Extract<Question, { kind: "unknown" }>, "step" | "gives">,
  { answer, by }: Answered,
): Promise<"there" | "missing" | "partly"> {
  const says = `${answer.say}, says ${by.user}: ${"how" in answer ? answer.how : ""}`;
  if (answer.say === "there") {
    const outputs = await valuesOf(gives, answer.outputs ?? {});
    const own = gives.length === 0 ? {} : { outputs, ...recordUndo(engine, step, undefined, outputs) };
    await finish(engine, key, { ...found, outcome: "ok", remark: says, by, ...own });
  }
  if (answer.say === "missing") await finish(engine, key, { ...found, outcome: "not-started", remark: says, by });
  if (answer.say === "partly") await finish(engine, key, { ...found, outcome: "failed", remark: says, by });
  return answer.say as "there" | "missing" | "partly";
}

/** What it gives and something else uses: a later step, its undo, a guard. */
function usedOutputs({ plan }: Engine, step: PlanStep): readonly PlanOutput[] {
  if (step.outputs.length === 0) return [];
  const used = new Set(outputsIn(plan));
  return step.outputs.filter(({ name }) => used.has(`${step.id}.${name}`));
}

async function valuesOf(
  outputs: readonly PlanOutput[],
  given: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, PlainValue>>> {
  const values: Record<string, PlainValue> = {};
  for (const output of outputs) {
    const parsed = await parseGiven(output, ownValue(given, output.name) ?? "");
    if ("value" in parsed) values[output.name] = parsed.value;
  }
  return values;
}

/** Nobody knows how long it took. */
const found = { seconds: 0 } as const;

/**
 * A probe that says what it must show tells "missing" by ending well without it; one that does not tells it by exit
 * code 1, as `test` does. Anything else says nothing: a cluster that cannot be reached is no answer. What it printed
 * is shown, for whoever is asked then.
 */
async function probe(engine: Engine, step: PlanStep, key: string): Promise<"there" | "missing" | "unclear"> {
  if (!step.probe) return "unclear";
  const { ok, exitCode, ...printed } = await runCheck(engine, step.probe, {
    ...placeOf(engine, step.settings),
    signal: engine.endNow,
  });
  for (const stream of ["stdout", "stderr"] as const)
    if (printed[stream] !== "")
      engine.recorder.show({ type: "output", step: key, number: step.number, stream, text: printed[stream] });
  if (ok) return "there";
  return exitCode === (step.probe.expect.length > 0 ? 0 : 1) ? "missing" : "unclear";
}
