import { approvalCover } from "../engine/approval-cover.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import type { Attempt, AttemptResult } from "./executor.ts";

/** Waits until enough people have approved exactly what follows. An approval of something else is void. */
export async function executeApproval(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step, key } = attempt;
  if (step.action.kind !== "approval") throw new TypeError("not an approval");
  const { by: roles, quorum } = step.action;
  const { covers, digest } = approvalCover(engine, step);
  for (;;) {
    const approved = approvers(engine, key, digest);
    if (approved.length >= quorum) return { kind: "done", exitCode: 0, remark: `approved by ${approved.join(", ")}` };
    const title = engine.text(step.title);
    const question = {
      kind: "approval",
      step: key,
      number: step.number,
      title,
      by: roles,
      quorum,
      approved,
      covers,
      digest,
    } as const;
    const { answer, by } = await ask(engine, step, question, attempt.signal);
    if (answer.say === "refuse")
      return { kind: "failed", remark: `refused by ${by.user}: ${answer.reason}`, overrulable: false, declined: true };
  }
}

/** The people whose approval is for exactly this digest. */
export function approvers(engine: Engine, key: string, digest: string): readonly string[] {
  const answers = engine.state.answers.get(key) ?? [];
  const people = answers.flatMap(({ answer, by }) =>
    answer.say === "approve" && answer.digest === digest ? [by.user] : [],
  );
  return [...new Set(people)];
}
