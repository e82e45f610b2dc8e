import { inertText } from "../../output/inert-text.ts";
import { factLine } from "../session/fact-line.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { noteEntry, quitEntry } from "./anytime-answers.ts";
import { shellEntry } from "./look-entries.ts";
import type { QuestionView } from "./question-view.ts";

/** A rollback came to what it cannot decide. */
export const askRollback: QuestionView<"rollback"> = (ui, question, signal) => {
  const { step: key, number, title, remark, command } = question;
  ui.screen.print([ui.screen.style.title(`${number}  ${inertText(title)}`), factLine(ui, "asks", remark)]);
  if (command) ui.screen.printCommand(command);
  const saying = (say: "undo" | "leave"): NonNullable<AnswerEntry["answer"]> =>
    because(ui, signal, "Why? It is kept in the record. Esc: not yet.", (reason) => ({ say, reason }));
  const undo: AnswerEntry = {
    key: "u",
    word: "undo it",
    help: "run this undo; asks why, and the reason is kept",
    answer: saying("undo"),
  };
  const entries: readonly AnswerEntry[] = [
    ...(command ? [undo] : []),
    {
      key: "l",
      word: "leave it",
      help: "go on past it; asks why, and the reason is kept",
      answer: saying("leave"),
    },
    noteEntry,
    shellEntry(ui, ui.facts.stepOf(key)),
    quitEntry(ui, number),
  ];
  return askAnswer(ui, key, signal, () => ({ entries }));
};
