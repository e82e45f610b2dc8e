import type { TerminalUi } from "../session/terminal-ui.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import { outputEntry, shellEntry } from "./look-entries.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** A step failed for good: once more, go on without it, look, go back, leave. */
export const askFailed: QuestionView<"failed"> = (ui, question, signal) =>
  askAnswer(ui, question.step, signal, () => ({ entries: entriesFor(ui, question, signal), body: () => [] }));

function entriesFor(
  ui: TerminalUi,
  { step: key, number, inGuard, overrulable }: Asked<"failed">,
  signal: AbortSignal,
): readonly AnswerEntry[] {
  const step = ui.facts.stepOf(key);
  const skip: AnswerEntry = {
    key: "s",
    word: "skip",
    help: "go on without it; asks why, and the reason is kept",
    answer: because(
      ui,
      signal,
      `Why does the run go on without ${number}? It is kept. Esc: not skipped.`,
      (reason) => ({
        say: "skip",
        reason,
      }),
    ),
  };
  const keep: AnswerEntry = {
    key: "k",
    word: "keep as ok",
    help: "it counts as ok all the same; asks why",
    rare: true,
    answer: because(
      ui,
      signal,
      `Why does ${number} count as ok all the same? It is kept. Esc: it does not.`,
      (reason) => ({ say: "overrule", reason }),
    ),
  };
  // leaving a failure in a guard's range trips the guard
  const leave: AnswerEntry = {
    key: "q",
    word: "leave, which rolls back",
    help: "undo what ran since the guard began, and stop",
    answer: () => ({ say: "stop" }),
  };
  return [
    { key: "r", word: "run again", help: "one more attempt", answer: () => ({ say: "retry" }) },
    ...(inGuard ? [] : [skip]),
    ...(step?.terminal ? [] : [outputEntry(ui, key, "all that it printed")]),
    ...backEntries(ui, key).map((entry) => ({ ...entry, rare: false, ...(inGuard ? { word: "roll back now" } : {}) })),
    ...(overrulable ? [keep] : []),
    { ...noteEntry, rare: true },
    shellEntry(ui, step),
    inGuard ? leave : quitEntry(ui, number),
  ];
}
