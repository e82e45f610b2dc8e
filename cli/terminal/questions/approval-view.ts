import { undoLinesOf } from "../../output/effect-word.ts";
import { inertText } from "../../output/inert-text.ts";
import { factLine } from "../session/fact-line.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { noteEntry, quitEntry } from "./anytime-answers.ts";
import { approvalLines, approverWords } from "./approval-lines.ts";
import type { Asked, QuestionView } from "./question-view.ts";
import { signHere } from "./sign-here.ts";

/** Shows exactly what is approved; the word must be typed. */
export const askApproval: QuestionView<"approval"> = (ui, question, signal, record) => {
  const { step: key, number, title, digest } = question;
  record.announce(key, title, undefined);
  ui.screen.print(approvalLines(ui, question));
  const approve: AnswerEntry = {
    key: "a",
    word: "approve",
    help: "approve exactly this; asks for the word",
    answer: async () => {
      const say = ["To approve, type approve and Enter. Esc: not yet."];
      const word = await askTyped(ui, { say, body: () => [], expected: ["approve"] }, signal);
      return word === "approve" ? signHere(ui, question, { say: "approve", digest }) : undefined;
    },
  };
  const entries: readonly AnswerEntry[] = [
    ...(question.secondPerson ? [] : [approve]),
    {
      key: "v",
      word: "view",
      help: "the commands of what is approved",
      answer: () => {
        printCommands(ui, question);
        return undefined;
      },
    },
    noteEntry,
    {
      key: "x",
      word: "refuse",
      help: "say no; asks why, and the reason is kept",
      answer: because(ui, signal, "Why not? It is kept in the record. Esc: not refused.", (reason) => ({
        say: "refuse",
        reason,
      })),
    },
    quitEntry(ui, number),
  ];
  return askAnswer(ui, key, signal, () => ({ entries, body: () => [], message: approverWords(ui, question) }));
};

/** With what undoes each, which is approved too. */
function printCommands(ui: TerminalUi, { covers }: Asked<"approval">): void {
  const { screen } = ui;
  for (const step of covers) {
    const { number, title, command } = step;
    screen.print([screen.style.title(`${number}  ${inertText(title)}`)]);
    if (command !== undefined) screen.printCommand(command);
    screen.print([...undoLinesOf(step).map((line, index) => factLine(ui, index === 0 ? "undo" : "", line)), ""]);
  }
}
