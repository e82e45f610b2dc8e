import type { Answer, suspend } from "../../../runners/questions/question.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askAnswer } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { Asked } from "./question-view.ts";

/** A caution stands alone, until somebody has read it; only then its step can be started. */
export function askCaution(
  ui: TerminalUi,
  { step, number }: Pick<Asked<"start">, "step" | "number">,
  signal: AbortSignal,
): Promise<"read" | Answer | typeof suspend> {
  return askAnswer<"read">(ui, step, signal, () => ({
    entries: [
      { key: "c", word: "caution read", help: `show ${number}; nothing runs yet`, answer: () => "read" },
      noteEntry,
      ...backEntries(ui, step),
      quitEntry(ui, number),
    ],
    body: () => [],
  }));
}
