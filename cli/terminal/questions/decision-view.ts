import { inertText } from "../../output/inert-text.ts";
import { type AnswerEntry, askAnswer } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A condition, a choice or the end of a pass would be decided otherwise now: it stays, or is decided anew. */
export const askDecision: QuestionView<"decision"> = async (ui, question, signal) => {
  const { step: key, number, title, was, now, changes } = question;
  const { screen } = ui;
  screen.print([
    screen.style.title(inertText(`${number}  ${title}: decided as ${was}, and would now be ${now}`)),
    ...changes.map((change) => `     ${inertText(change)}`),
  ]);
  const entries = (): readonly AnswerEntry<"keep" | "again">[] => [
    { key: "k", word: "keep it as decided", help: inertText(`it stays ${was}`), answer: () => "keep" },
    { key: "g", word: "decide it anew", help: inertText(`it is ${now} from here on`), answer: () => "again" },
    { ...noteEntry, rare: true },
    ...backEntries(ui, key),
    quitEntry(ui, number),
  ];
  const decided = await askAnswer<"keep" | "again">(ui, key, signal, () => ({
    entries: entries(),
    message: `What ${number} was decided from has changed. What holds?`,
  }));
  return decided === "keep" || decided === "again" ? { say: decided } : decided;
};
