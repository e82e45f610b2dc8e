import { inertText } from "../../output/inert-text.ts";
import { askAnswer } from "./answer-menu.ts";
import type { QuestionView } from "./question-view.ts";
import { runAgainEntries } from "./run-again-entries.ts";

/** A step is done, and what it used came out different since: it stays so, or runs again. */
export const askStale: QuestionView<"stale"> = async (ui, { step: key, number, title, remark }, signal) => {
  const { screen } = ui;
  screen.print([screen.style.title(inertText(`${number}  ${title}: done, but ${remark}`))]);
  const decided = await askAnswer<"keep" | "again">(ui, key, signal, () => ({
    entries: runAgainEntries(ui, { key, step: ui.facts.stepOf(key), at: number }),
    message: `${number} was done with the old value. What holds?`,
  }));
  return decided === "keep" || decided === "again" ? { say: decided } : decided;
};
