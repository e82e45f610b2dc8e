import { inertText } from "../../output/inert-text.ts";
import { askMenu } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { askReason, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { approvalLines, approverWords } from "./approval-lines.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** Shows exactly what is approved; the word must be typed. */
export const askApproval: QuestionView<"approval"> = async (ui, question, signal, record) => {
  const { step: key, number, title, digest } = question;
  record.announce(key, title, undefined);
  ui.screen.print(approvalLines(ui, question));
  const common = commonKeys(ui, key, signal);
  const entries = [
    { key: "a", word: "approve", help: "approve exactly this; asks for the word" },
    { key: "v", word: "view", help: "the commands of what is approved" },
    noteEntry,
    { key: "x", word: "refuse", help: "say no; asks why, and the reason is kept" },
    quitEntry(ui, number),
  ];
  for (;;) {
    const message = common.message() ?? approverWords(ui, question);
    const given = await askMenu(ui, { entries, body: () => [], message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "v") printCommands(ui, question);
    if (given.key === "a") {
      const say = ["To approve, type approve and Enter. Esc: not yet."];
      const word = await askTyped(ui, { say, expected: ["approve"] }, signal);
      if (word === "approve") return { say: "approve", digest };
    }
    if (given.key === "x") {
      const reason = await askReason(ui, "Why not? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
  }
};

function printCommands({ screen }: TerminalUi, { covers }: Asked<"approval">): void {
  for (const { number, title, command } of covers) {
    screen.print([screen.style.title(`${number}  ${inertText(title)}`)]);
    if (command !== undefined) screen.printCommand(command);
    screen.print([""]);
  }
}
