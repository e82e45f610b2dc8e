import type { PlanStep } from "../../../dsl/plan/plan.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { AnswerEntry } from "./answer-menu.ts";
import { backEntries, noteEntry, quitEntry } from "./anytime-answers.ts";
import { viewEntry } from "./look-entries.ts";

interface RunAgainMenu {
  readonly key: string;
  readonly step: PlanStep | undefined;
  readonly at?: string;
  /** False for one that did not give what others use now. */
  readonly mayKeep?: boolean;
}

/** What is decided about a step that is done and would not be what it was. */
export function runAgainEntries(
  ui: TerminalUi,
  { key, step, at, mayKeep = true }: RunAgainMenu,
): readonly AnswerEntry<"keep" | "again">[] {
  const keep: AnswerEntry<"keep"> = {
    key: "k",
    word: "keep it as done",
    help: "it stays done, as it stood",
    answer: () => "keep",
  };
  return [
    ...(mayKeep ? [keep] : []),
    {
      key: "g",
      word: "run it again in its turn",
      help: "what it did stays until it begins again",
      answer: () => "again",
    },
    viewEntry(ui, step),
    { ...noteEntry, rare: true },
    ...backEntries(ui, key),
    quitEntry(ui, at),
  ];
}
