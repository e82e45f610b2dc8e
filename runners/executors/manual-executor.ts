import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { personText } from "./person-text.ts";

/** Waits until a person has done it, with what was asked for. */
export async function executeManual(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key, command } = attempt;
  if (step.action.kind !== "manual") throw new TypeError("not a manual step");
  const { instructions, by: person } = step.action;
  const question = {
    kind: "manual",
    procedure: engine.procedure,
    step: key,
    number: step.number,
    title: engine.text(step.title),
    asks: step.outputs,
    ...(instructions === undefined ? {} : { instructions: engine.text(instructions) }),
    ...(command === undefined ? {} : { command }),
    ...(person === "secondPerson" ? { secondPerson: true } : {}),
  } as const;
  const { answer, by } = await ask(engine, step, question, attempt.signal);
  if (answer.say === "done")
    return { kind: "answered", outputs: answer.asks, remark: `done by ${personText(engine, by)}` };
  const reason = "reason" in answer ? answer.reason : answer.say;
  return {
    kind: "failed",
    remark: `refused by ${personText(engine, by)}: ${reason}`,
    overrulable: false,
    declined: true,
  };
}
