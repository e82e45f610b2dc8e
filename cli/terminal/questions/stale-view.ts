import { inertText } from "../../output/inert-text.ts";
import { askMenu } from "../session/menu.ts";
import { printView } from "../session/step-view.ts";
import { backEntries, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";
import { keepEntry, runAgainEntry, viewEntry } from "./run-again-entries.ts";

/** A step is done, and what it used came out different since: it stays so, or runs again. */
export const askStale: QuestionView<"stale"> = async (ui, { step: key, number, title, remark }, signal) => {
  const { screen } = ui;
  screen.print([screen.style.title(inertText(`${number}  ${title}: done, but ${remark}`))]);
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const entries = [
      keepEntry,
      runAgainEntry,
      viewEntry,
      { ...noteEntry, rare: true },
      ...backEntries(ui, key),
      quitEntry(ui, number),
    ];
    const message = common.message() ?? `${number} was done with the old value. What holds?`;
    const given = await askMenu(ui, { entries, message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    const step = ui.facts.stepOf(key);
    if (given.key === "v" && step) printView(ui, step);
    if (given.key === "k") return { say: "keep" };
    if (given.key === "g") return { say: "again" };
  }
};
