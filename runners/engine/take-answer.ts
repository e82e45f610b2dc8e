import type { Actor } from "../events/run-event.ts";
import { parseAnswer } from "../questions/answer-shape.ts";
import type { Answer, Question } from "../questions/question.ts";
import { removeInbox } from "../store/inbox.ts";
import type { InboxMessage } from "../store/inbox-message.ts";
import { validityWords } from "./approval-age.ts";
import { refusalOf } from "./check-answer.ts";
import type { Engine } from "./engine.ts";
import { Halt, isHalt } from "./halt.ts";

/** An answer that counts. */
export interface Answered {
  readonly answer: Answer;
  readonly by: Actor;
}

/** Takes a message out of the inbox, if it is about this step: journals the answer that it brings, or why that does not count. */
export async function takeMessage(
  engine: Engine,
  question: Question,
  message: InboxMessage,
): Promise<Answered | undefined> {
  if (message.kind === "unreadable") return noteUnreadable(engine, message);
  if (message.step !== question.step) return undefined;
  const by = { user: message.by, host: message.host };
  const answer = parseAnswer(message["answer"]);
  if (message["question"] !== question.id) {
    const isVoid = question.kind === "approval" && answer?.say === "approve" && answer.digest !== question.digest;
    const why = isVoid ? "what it approved has changed since" : "it was given to another question about that step";
    await refuse(engine, question, by, why);
    await removeInbox(message);
    return undefined;
  }
  try {
    const answered = await takeAnswer(engine, question, answer, by, waitedSeconds(engine, message));
    await removeInbox(message);
    return answered;
  } catch (error) {
    // it is journaled, and halts the run: it must not do so again after a resume
    if (isHalt(error)) await removeInbox(message);
    throw error;
  }
}

/** None is lost without a word. */
async function noteUnreadable(engine: Engine, message: InboxMessage): Promise<undefined> {
  const text = `a message in the inbox cannot be read: ${String(message["reason"])}`;
  await engine.recorder.record({ type: "noted", text, by: engine.by });
  await removeInbox(message);
}

/** Journals an answer that fits; says why one does not. */
export async function takeAnswer(
  engine: Engine,
  question: Question,
  answer: Answer | undefined,
  by: Actor,
  waited = 0,
): Promise<Answered | undefined> {
  const refusal = answer
    ? (refusalOf(engine, question, answer, by) ?? refuseOld(question, answer, waited))
    : "it cannot be understood";
  if (!answer || refusal !== undefined) {
    await refuse(engine, question, by, refusal ?? "it cannot be understood");
    return undefined;
  }
  await engine.recorder.record({
    type: "answered",
    step: question.step,
    question: question.id,
    kind: question.kind,
    answer,
    by,
    unsigned: true,
    ...(waited > 0 ? { waitedSeconds: waited } : {}),
  });
  return act(question, answer, by);
}

/** By the wall clock, which is all that the two have in common. A time that makes no sense is no time. */
function waitedSeconds({ clock }: Engine, { at }: InboxMessage): number {
  const seconds = (clock.now().getTime() - Date.parse(at)) / 1000;
  return Number.isNaN(seconds) ? Number.MAX_SAFE_INTEGER : Math.max(0, Math.round(seconds));
}

function refuseOld(question: Question, { say }: Answer, waited: number): string | undefined {
  if (question.kind !== "approval" || say !== "approve" || question.validForSeconds === undefined) return undefined;
  return waited > question.validForSeconds ? `it was sent too long ago, and ${validityWords(question)}` : undefined;
}

async function refuse(engine: Engine, { step }: Question, by: Actor, why: string): Promise<void> {
  const text = `the answer of ${by.user} does not count: ${why}`;
  await engine.recorder.record({ type: "noted", step, text, by });
}

/** An answer may halt the run, whatever it was about. */
export function act(question: Question, answer: Answer, by: Actor): Answered {
  if (answer.say === "stop")
    throw new Halt({ kind: "declined", step: question.step, message: `stopped by ${by.user} at ${question.number}` });
  if (answer.say === "roll-back" && question.kind !== "blind")
    throw new Halt({
      kind: "roll-back",
      step: question.step,
      message: `${by.user} decided to go back at ${question.number}`,
    });
  return { answer, by };
}
