import { isDeepStrictEqual } from "node:util";
import { parseAnswer } from "../questions/answer-shape.ts";
import type { Question } from "../questions/question.ts";
import { readInbox, removeInbox } from "../store/inbox.ts";
import type { Engine } from "./engine.ts";
import type { Answered } from "./take-answer.ts";

/** Those take several answers. */
const byMany: readonly Question["kind"][] = ["approval", "checklist"];

/**
 * Takes what else was said to an answered question out of the inbox: it would answer the next question about the same
 * step, which is about another attempt.
 */
export async function dropOtherAnswers(engine: Engine, question: Question, { answer, by }: Answered): Promise<void> {
  if (byMany.includes(question.kind)) return;
  for (const message of await readInbox(engine.folder)) {
    if (message.step !== question.step) continue;
    // journaled already: whoever took it died before it was removed
    const same = message.by === by.user && isDeepStrictEqual(parseAnswer(message["answer"]), answer);
    if (!same)
      await engine.recorder.record({
        type: "noted",
        step: question.step,
        text: `the answer of ${message.by} does not count: it was answered before`,
        by: { user: message.by, host: message.host },
        uncounted: true,
      });
    await removeInbox(message);
  }
}
