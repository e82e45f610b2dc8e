import type { StepChange } from "../../../runners/events/run-event.ts";
import { type Answer, suspend } from "../../../runners/questions/question.ts";
import type { KeyAnswer } from "../keys/keys.ts";
import { askMenu } from "../session/menu.ts";
import { printView } from "../session/step-view.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { backEntries, type CommonKeys, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { changesLines, goesOnWords, numberOf } from "./change-lines.ts";
import type { QuestionView } from "./question-view.ts";
import { keepEntry, runAgainEntry, viewEntry } from "./run-again-entries.ts";

/** The runbook was edited since the run began: what differs, what becomes of each step that is done, and the word. */
export const askChanged: QuestionView<"changed"> = async (ui, question, signal) => {
  ui.screen.print(changesLines(ui, question));
  const common = commonKeys(ui, question.step, signal);
  const open = question.changes.filter(({ step, mayRunAgain }) => mayRunAgain && !question.again.includes(step));
  for (;;) {
    const again = [...question.again];
    for (const change of open) {
      const decided = await askWhatHolds(ui, change, common, signal);
      if (typeof decided === "object" || decided === suspend) return decided;
      if (decided === "again") again.push(change.step);
    }
    const say = [goesOnWords(ui, question.changes, again), "To accept, type accept and Enter. Esc: not yet."];
    const word = await askTyped(ui, { say, expected: ["accept"] }, signal);
    if (word === "accept") return { say: "accept", ...(again.length === 0 ? {} : { again }) };
    const left = typeof word === "object" ? await common.take(word) : await lookAround(ui, open, common, signal);
    if (left !== undefined) return left;
  }
};

/** One that is done: it stays as it stood, or runs again. */
async function askWhatHolds(
  ui: TerminalUi,
  { step: key }: StepChange,
  common: CommonKeys,
  signal: AbortSignal,
): Promise<"keep" | "again" | Answer | typeof suspend> {
  const number = numberOf(ui, key);
  const step = ui.facts.stepOf(key);
  for (;;) {
    const entries = [
      keepEntry,
      runAgainEntry,
      viewEntry,
      { ...noteEntry, rare: true },
      ...backEntries(ui, key),
      quitEntry(ui, "this"),
    ];
    const message = common.message() ?? `${number} was done as it stood. What holds?`;
    const given = await askMenu(ui, { entries, message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "v" && step) printView(ui, step);
    if (given.key === "k") return "keep";
    if (given.key === "g") return "again";
  }
}

/** Behind Esc, where there is nothing to decide before the word. */
async function lookAround(
  ui: TerminalUi,
  open: readonly StepChange[],
  common: CommonKeys,
  signal: AbortSignal,
): Promise<Answer | typeof suspend | undefined> {
  if (open.length > 0) return undefined;
  for (;;) {
    const entries = [
      { key: "t", word: "type accept", help: "goes on with the runbook as it is now" },
      noteEntry,
      ...backEntries(ui, "runbook"),
      quitEntry(ui, "this"),
    ];
    const given: KeyAnswer = await askMenu(ui, { entries, message: common.message() }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("key" in given && given.key === "t") return undefined;
  }
}
