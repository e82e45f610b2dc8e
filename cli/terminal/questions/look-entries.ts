import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { openLog } from "../session/step-log.ts";
import { openShell } from "../session/step-shell.ts";
import { printView } from "../session/step-view.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { AnswerEntry } from "./answer-menu.ts";

/** A key that only looks; the question stands as before. */
function look(key: string, word: string, help: string, show: () => unknown): AnswerEntry<never> {
  return {
    key,
    word,
    help,
    answer: async () => {
      await show();
      return undefined;
    },
  };
}

/** A shell in the folder and the environment of a step. */
export function shellEntry(ui: TerminalUi, step: PlanStep | undefined): AnswerEntry<never> {
  const help = "a shell in this folder and environment; exit comes back here";
  return { ...look("!", "shell", help, () => step && openShell(ui, step)), rare: true };
}

/** What is known of a step; `command` is shown again below it where it is what the next key starts. */
export function viewEntry(ui: TerminalUi, step: PlanStep | undefined, command?: string): AnswerEntry<never> {
  const help = "what it would change, its undo, what watches it";
  return look("v", "view", help, () => step && printView(ui, step, command));
}

/** All that a step printed, in the pager. */
export function outputEntry(ui: TerminalUi, key: string, help: string): AnswerEntry<never> {
  return look("o", "output", help, () => openLog(ui, key));
}
