import { type Answer, type Prompter, type Question, suspend } from "../questions/question.ts";

/** What a test says to the questions of a run: by the key of the step, or by the kind of the question. */
export type Script = Readonly<Record<string, Answer | ((question: Question) => Answer | typeof suspend)>>;

/**
 * Answers questions from a script; what it does not hold is left unanswered, so the run is suspended.
 *
 * @example
 * const prompter = scriptedPrompter({ gates: tickAll, go: approveIt });
 * await run(plan, { root, prompter }).result;
 */
export function scriptedPrompter(
  script: Script,
  by?: Prompter["by"],
): Prompter & { readonly asked: readonly Question[] } {
  const asked: Question[] = [];
  return {
    asked,
    ...(by === undefined ? {} : { by }),
    ask: async (question) => {
      asked.push(question);
      const answer = script[question.step] ?? script[question.kind];
      return typeof answer === "function" ? answer(question) : (answer ?? suspend);
    },
  };
}

/** Ticks every item of a checklist that is still open. */
export function tickAll(question: Question): Answer {
  const items = question.kind === "checklist" ? question.items.filter(({ ticked }) => !ticked) : [];
  return { say: "tick", items: items.map(({ item }) => item) };
}

/** Approves exactly what is asked. */
export function approveIt(question: Question): Answer {
  return { say: "approve", digest: question.kind === "approval" ? question.digest : "" };
}
