import { doneKey, type StepChange } from "../../../runners/events/run-event.ts";
import { type Answer, suspend } from "../../../runners/questions/question.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { type AnswerEntry, askAnswer } from "./answer-menu.ts";
import { backEntries, type CommonKeys, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { changesLines, goesOnWords, numberOf } from "./change-lines.ts";
import type { QuestionView } from "./question-view.ts";
import { runAgainEntries } from "./run-again-entries.ts";

/** The runbook was edited since the run began: what differs, what becomes of each step that is done, and the word. */
export const askChanged: QuestionView<"changed"> = async (ui, question, signal) => {
  ui.screen.print(changesLines(ui, question));
  const common = commonKeys(ui, question.step, signal);
  const open = question.changes.filter((change) => change.mayRunAgain && !question.again.includes(doneKey(change)));
  for (;;) {
    const again = [...question.again];
    for (const change of open) {
      const decided = await askWhatHolds(ui, change, question.step, common, signal);
      if (typeof decided === "object" || decided === suspend) return decided;
      if (decided === "again") again.push(doneKey(change));
    }
    const say = [goesOnWords(ui, question.changes, again), "To accept, type accept and Enter. Esc: not yet."];
    const word = await askTyped(ui, { say, expected: ["accept"] }, signal);
    if (word === "accept") return { say: "accept", ...(again.length === 0 ? {} : { again }) };
    const left =
      typeof word === "object" ? await common.take(word) : await lookAround(ui, open, question.step, common, signal);
    if (left !== undefined && left !== "back") return left;
  }
};

/** One that is done: it stays as it stood, or runs again. */
function askWhatHolds(
  ui: TerminalUi,
  change: StepChange,
  asked: string,
  common: CommonKeys,
  signal: AbortSignal,
): Promise<"keep" | "again" | Answer | typeof suspend> {
  const key = doneKey(change);
  const { lacks = [] } = change;
  const menu = () => ({
    entries: runAgainEntries(ui, {
      key: asked,
      step: ui.facts.stepOf(key),
      mayKeep: lacks.length === 0,
    }),
    message: whatHolds(numberOf(ui, key), lacks),
  });
  return askAnswer(ui, asked, signal, menu, common);
}

function whatHolds(number: string, lacks: readonly string[]): string {
  if (lacks.length === 0) return `${number} was done as it stood. What holds?`;
  return `${number} did not give ${lacks.join(", ")}, which others use now: it cannot be kept.`;
}

/** Behind Esc, where there is nothing to decide before the word. */
async function lookAround(
  ui: TerminalUi,
  open: readonly StepChange[],
  asked: string,
  common: CommonKeys,
  signal: AbortSignal,
): Promise<"back" | Answer | typeof suspend> {
  if (open.length > 0) return "back";
  const entries = (): readonly AnswerEntry<"back">[] => [
    { key: "t", word: "type accept", help: "goes on with the runbook as it is now", answer: () => "back" },
    noteEntry,
    ...backEntries(ui, asked),
    quitEntry(ui),
  ];
  return askAnswer(ui, asked, signal, () => ({ entries: entries() }), common);
}
