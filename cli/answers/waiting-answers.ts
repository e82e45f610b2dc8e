import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Actor } from "../../runners/events/run-event.ts";
import { parseAnswer } from "../../runners/questions/answer-shape.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";
import { readInbox } from "../../runners/store/inbox.ts";
import type { InboxMessage } from "../../runners/store/inbox-message.ts";
import type { RunFolder } from "../../runners/store/run-folder.ts";
import { type Answerer, checkAnswer } from "./answer-rules.ts";

/** A question with what was said to it and waits to be read by the run. */
export interface Waiting {
  /** With the ticks and the approvals that wait. */
  readonly question: Question;
  /** What leaves nothing to be said. */
  readonly whole?: { readonly answer: Answer; readonly by: Actor };
}

/** Reads what waits in the inbox of a run, as the run will take it; what it would refuse does not count here either. */
export async function readWaiting(folder: RunFolder, asked: Question, people: Omit<Answerer, "by">): Promise<Waiting> {
  let question = asked;
  for (const message of await readInbox(folder)) {
    const answer = parseAnswer(message["answer"]);
    if (answer === undefined || message.step !== asked.step || message["question"] !== asked.id) continue;
    const by = await countingBy(question, answer, message, people);
    if (by === undefined) continue;
    question = withAnswer(question, answer, by);
    if (isWhole(question, answer)) return { question, whole: { answer, by } };
  }
  return { question };
}

/** Whose answer it is, if it counts. */
async function countingBy(
  question: Question,
  answer: Answer,
  { by: user, host, owner }: InboxMessage,
  people: Omit<Answerer, "by">,
): Promise<Actor | undefined> {
  const isSigned = "signature" in answer && answer.signature !== undefined;
  if (!isSigned && owner !== undefined && owner !== user) return undefined;
  try {
    return await checkAnswer(question, answer, { ...people, by: { user, host } });
  } catch (error) {
    if (error instanceof LockstepError) return undefined;
    throw error;
  }
}

function withAnswer(question: Question, answer: Answer, by: Actor): Question {
  if (question.kind === "approval" && answer.say === "approve")
    return { ...question, approved: [...question.approved, by.user] };
  if (question.kind !== "checklist" || (answer.say !== "tick" && answer.say !== "overrule")) return question;
  const named = answer.items ?? [];
  const items = question.items.map((item) =>
    named.includes(item.item) ? { ...item, ticked: true, tickedBy: by.user } : item,
  );
  return { ...question, items };
}

/** Ticks and approvals come in parts. */
function isWhole(question: Question, { say }: Answer): boolean {
  if (question.kind === "approval" && say === "approve") return question.approved.length >= question.quorum;
  if (question.kind === "checklist" && (say === "tick" || say === "overrule"))
    return question.items.every(({ ticked, checked }) => ticked || checked?.ok);
  return true;
}
