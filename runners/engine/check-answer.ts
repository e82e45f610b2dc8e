import { type Actor, doneKey, type StepChange } from "../events/run-event.ts";
import { parseGiven } from "../questions/given-value.ts";
import { ownValue } from "../questions/own-value.ts";
import type { Answer, Question } from "../questions/question.ts";
import type { Engine } from "./engine.ts";

/** What may be said to each kind of question. */
export const fittingAnswers: Readonly<Record<Question["kind"], readonly Answer["say"][]>> = {
  checklist: ["tick", "overrule", "refuse", "stop", "roll-back"],
  manual: ["done", "refuse", "stop", "roll-back"],
  approval: ["approve", "refuse", "stop", "roll-back"],
  start: ["run", "run-to-end", "skip", "stop", "roll-back"],
  watch: ["seen", "stop", "roll-back"],
  failed: ["retry", "skip", "overrule", "stop", "roll-back"],
  unknown: ["there", "missing", "partly", "stop", "roll-back"],
  inconclusive: ["retry", "overrule", "refuse", "stop", "roll-back"],
  closed: ["retry", "overrule", "stop", "roll-back"],
  blind: ["retry", "overrule", "refuse", "stop", "roll-back"],
  tripped: ["arm", "stop", "roll-back"],
  rollback: ["leave", "undo", "there", "missing", "stop"],
  changed: ["accept", "stop", "roll-back"],
  elsewhere: ["accept", "stop"],
  decision: ["keep", "again", "stop", "roll-back"],
  stale: ["keep", "again", "stop", "roll-back"],
};

/** Who may answer what. */
export type People = Pick<Engine, "roles" | "operators">;

/** Why an answer does not count, in words; undefined if it does. */
export async function refusalOf(
  people: People,
  question: Question,
  answer: Answer,
  by: Actor,
): Promise<string | undefined> {
  if (!fittingAnswers[question.kind].includes(answer.say)) return `${answer.say} answers no ${question.kind}`;
  if ("reason" in answer && answer.reason.trim() === "") return "it gives no reason";
  if ("how" in answer && answer.how.trim() === "") return "it does not say how that was seen";
  if (
    question.kind === "rollback" &&
    question.command === undefined &&
    (answer.say === "undo" || answer.say === "there")
  )
    return "it cannot be undone; it can be left as it is, with a reason";
  if (question.kind === "changed" && answer.say === "accept") return refuseAgain(question, answer.again ?? []);
  if (question.kind === "unknown" && answer.say === "there") return refuseThere(question, answer.outputs ?? {});
  if (question.kind === "failed") return refuseInFailure(question, answer);
  if (question.kind === "approval" && answer.say === "approve")
    return refuseApproval(people, question, answer.digest, by);
  if (question.kind === "checklist" && (answer.say === "tick" || answer.say === "overrule"))
    return refuseTicks(people, question, answer, by);
  if (question.kind === "manual" && answer.say === "done") return refuseDone(people, question, answer.asks, by);
  return undefined;
}

/** Why a step cannot be kept as done, unless it is among those that run again. */
export function whyNotKept(change: StepChange, again: readonly string[]): string | undefined {
  const { lacks = [] } = change;
  if (lacks.length === 0 || again.includes(doneKey(change))) return undefined;
  return `${doneKey(change)} cannot be kept as done: it did not give ${lacks.join(", ")}, which others use`;
}

function refuseAgain(
  { changes }: Extract<Question, { kind: "changed" }>,
  again: readonly string[],
): string | undefined {
  const not = again.find((step) => !changes.some((change) => doneKey(change) === step && change.mayRunAgain));
  if (not !== undefined) return `${not} is no step of these changes that can run again`;
  return changes.map((change) => whyNotKept(change, again)).find((why) => why !== undefined);
}

/** A step that counts as ok without what others use of it would only fail them, later and in other words. */
async function refuseThere(
  { gives, number }: Extract<Question, { kind: "unknown" }>,
  given: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  for (const output of gives) {
    const text = ownValue(given, output.name);
    if (text === undefined) return `${number} gives ${output.name}, which others use, and nobody has said what it is`;
    const parsed = await parseGiven(output, text);
    if ("reason" in parsed) return parsed.reason;
  }
  const unknown = Object.keys(given).find((name) => !gives.some((output) => output.name === name));
  return unknown === undefined ? undefined : `nobody asked for ${unknown}`;
}

function refuseInFailure(
  { inGuard, overrulable }: Extract<Question, { kind: "failed" }>,
  { say }: Answer,
): string | undefined {
  if (say === "skip" && inGuard) return "in a guard's range nothing is skipped";
  if (say === "overrule" && !overrulable) return "only what was expected can be overruled, when all outputs are there";
  return undefined;
}

function refuseApproval(
  { roles, operators }: People,
  { by: wanted, digest, approved, secondPerson }: Extract<Question, { kind: "approval" }>,
  given: string,
  by: Actor,
): string | undefined {
  if (given !== digest) return "what it approved has changed since";
  if (approved.includes(by.user)) return "that person has approved already";
  if (secondPerson && operators.has(by.user)) return `${by.user} runs this, and it takes somebody else`;
  // where nobody said who holds what, every role is everybody's; else a name without holders is a person's own
  const anybody = Object.keys(roles).length === 0;
  const holds = anybody || wanted.some((name) => ownValue(roles, name)?.includes(by.user) ?? name === by.user);
  return holds ? undefined : `${by.user} is no ${wanted.join(" or ")} by lockstep.config.ts`;
}

function refuseTicks(
  { operators }: People,
  { items }: Extract<Question, { kind: "checklist" }>,
  answer: Answer,
  by: Actor,
): string | undefined {
  const given = ("items" in answer && answer.items) || [];
  if (given.length === 0) return "it names no item";
  for (const number of given) {
    const item = items.find((candidate) => candidate.item === number);
    if (!item) return `there is no item ${number}`;
    if (item.by === "secondPerson" && operators.has(by.user)) return `item ${number} needs a second person`;
    const other = items.find(
      (each) => each.tickedBy === by.user && (each.by === undefined) !== (item.by === undefined),
    );
    if (other) return `item ${number} needs another person than ${other.item}, which ${by.user} ticked`;
    if (answer.say === "tick" && item.checked?.ok === false)
      return `item ${number} failed its check; overrule it with a reason`;
  }
  return undefined;
}

function refuseDone(
  { operators }: People,
  { asks, secondPerson }: Extract<Question, { kind: "manual" }>,
  given: Readonly<Record<string, string>>,
  by: Actor,
): string | undefined {
  if (secondPerson && operators.has(by.user)) return "it needs a second person";
  for (const { name, capture } of asks) {
    const value = ownValue(given, name);
    if (value === undefined || value.trim() === "") return `${name} is not answered`;
    if (capture.kind === "answer" && capture.choices && !capture.choices.includes(value))
      return `${name} must be one of ${capture.choices.join(", ")}`;
  }
  const unknown = Object.keys(given).find((name) => !asks.some((asked) => asked.name === name));
  return unknown === undefined ? undefined : `nobody asked for ${unknown}`;
}
