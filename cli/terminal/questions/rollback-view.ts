import { inertText } from "../../output/inert-text.ts";
import { factLine } from "../session/fact-line.ts";
import { askMenu, type MenuEntry } from "../session/menu.ts";
import { openShell } from "../session/step-shell.ts";
import { askReason, commonKeys, noteEntry, quitEntry, shellEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A rollback came to what it cannot decide. */
export const askRollback: QuestionView<"rollback"> = async (ui, question, signal) => {
  const { step: key, number, title, remark, command } = question;
  ui.screen.print([ui.screen.style.title(`${number}  ${inertText(title)}`), factLine(ui, "asks", remark)]);
  if (command) ui.screen.printCommand(command);
  const step = ui.facts.stepOf(key);
  const common = commonKeys(ui, key, signal);
  const entries: MenuEntry[] = [
    ...(command ? [{ key: "u", word: "undo it", help: "run this undo; asks why, and the reason is kept" }] : []),
    { key: "l", word: "leave it", help: "go on past it; asks why, and the reason is kept" },
    noteEntry,
    shellEntry,
    quitEntry(ui, number),
  ];
  for (;;) {
    const given = await askMenu(ui, { entries, message: common.message() }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "!" && step) await openShell(ui, step);
    const say = given.key === "u" ? "undo" : given.key === "l" ? "leave" : undefined;
    if (say === undefined) continue;
    const reason = await askReason(ui, "Why? It is kept in the record. Esc: not yet.", signal);
    if (reason !== undefined) return { say, reason };
  }
};
