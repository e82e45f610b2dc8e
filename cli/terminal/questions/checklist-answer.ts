import { type Answer, suspend } from "../../../runners/questions/question.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { Checklist } from "./checklist-items.ts";
import type { Asked } from "./question-view.ts";

/** All that this person can say. Items of a second person wait for somebody else, and the question stays open for them. */
export function finish(ui: TerminalUi, question: Asked<"checklist">, checklist: Checklist): Answer | string {
  const mine = checklist.open.filter((item) => !checklist.elsewhere.includes(item));
  if (mine.length > 0) return `Not done: ${mine.join(", ")} ${mine.length === 1 ? "is" : "are"} open.`;
  if (checklist.fresh.length > 0) return { say: "tick", items: checklist.fresh };
  return secondPersonWords(ui, question, checklist.elsewhere);
}

/** Whoever leaves a list leaves what they ticked in the record; one that stops does so when it is asked again. */
export function withTicks(
  { leaving }: TerminalUi,
  { step }: Asked<"checklist">,
  { fresh }: Checklist,
  answer: Answer | typeof suspend,
): Answer | typeof suspend {
  if (fresh.length === 0 || (answer !== suspend && answer.say !== "stop")) return answer;
  if (answer !== suspend) leaving.add(step);
  return { say: "tick", items: fresh };
}

/** What waits for somebody else, and how they answer. */
export function secondPersonWords(
  { facts }: TerminalUi,
  { number }: Asked<"checklist">,
  items: readonly number[],
): string {
  const list = items.join(",");
  return `${items.join(", ")}: a second person answers, by: lockstep approve ${facts.runId} ${number} --tick ${list}`;
}
