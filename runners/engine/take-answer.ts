import { isDeepStrictEqual } from "node:util";
import type { Actor } from "../events/run-event.ts";
import { type Identified, identify } from "../identity/identify.ts";
import { parseAnswer } from "../questions/answer-shape.ts";
import type { Answer, Question } from "../questions/question.ts";
import { removeInbox } from "../store/inbox.ts";
import type { InboxMessage } from "../store/inbox-message.ts";
import { validityWords } from "./approval-age.ts";
import { refusalOf } from "./check-answer.ts";
import type { Engine } from "./engine.ts";
import { Halt, isHalt } from "./halt.ts";
import { maskTyped } from "./mask-typed.ts";

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
    const answered = await takeAnswer(engine, question, answer, by, {
      waited: waitedSeconds(engine, message),
      ...(message.owner === undefined ? {} : { owner: message.owner }),
    });
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

/** How an answer came out of the inbox. */
interface Delivery {
  /** Seconds that it lay there. */
  readonly waited: number;
  /** The user whose file it was. */
  readonly owner?: string;
}

/** Journals an answer that fits; says why one does not. */
export async function takeAnswer(
  engine: Engine,
  question: Question,
  answer: Answer | undefined,
  from: Actor,
  delivery?: Delivery,
): Promise<Answered | undefined> {
  const judged = await judgeAnswer(engine, engine.recorder.masked(question), answer, from, delivery);
  if ("refusal" in judged) {
    await refuse(engine, question, from, judged.refusal);
    return undefined;
  }
  const { waited = 0 } = delivery ?? {};
  const { by, signature } = judged;
  await engine.recorder.record({
    type: "answered",
    step: question.step,
    question: question.id,
    kind: question.kind,
    answer: judged.answer,
    by,
    unsigned: signature === undefined,
    ...(signature === undefined ? {} : { signature }),
    ...(waited > 0 ? { waitedSeconds: waited } : {}),
  });
  return act(question, judged.answer, by);
}

type Judged = Exclude<Identified, { readonly refusal: string }> & { readonly answer: Answer };

/** Who says it, and whether that counts. */
async function judgeAnswer(
  engine: Engine,
  question: Question,
  answer: Answer | undefined,
  from: Actor,
  delivery: Delivery | undefined,
): Promise<Judged | { readonly refusal: string }> {
  if (answer === undefined) return { refusal: "it cannot be understood" };
  const { signers, state } = engine;
  const vouched = delivery === undefined ? engine.prompter?.by !== undefined : engine.vouched;
  const identified = await identify({ question, answer, by: from, signers, operators: state.operators, vouched });
  if ("refusal" in identified) return identified;
  const { by, signature } = identified;
  const kept = maskTyped(engine, question, answer);
  if (signature !== undefined && !isDeepStrictEqual(kept, answer))
    return { refusal: "it holds a secret, which cannot be masked in what is signed" };
  const refusal =
    refuseForeign(delivery, by, vouched || signature !== undefined) ??
    (await refusalOf(engine, question, kept, by)) ??
    refuseOld(question, kept, delivery?.waited ?? 0);
  return refusal === undefined ? { ...identified, answer: kept } : { refusal };
}

/** A name that nobody signed is that of the user whose file it came in. */
function refuseForeign(delivery: Delivery | undefined, by: Actor, isProven: boolean): string | undefined {
  if (isProven || delivery?.owner === undefined || delivery.owner === by.user) return undefined;
  return `it is not signed, and came in a file of ${delivery.owner}`;
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
  await engine.recorder.record({ type: "noted", step, text, by, uncounted: true });
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
