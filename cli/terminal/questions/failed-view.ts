import { askMenu, type MenuEntry } from "../session/menu.ts";
import { openLog } from "../session/step-log.ts";
import { openShell } from "../session/step-shell.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, commonAnswer, noteEntry } from "./common-answers.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** A step failed for good: once more, go on without it, look, go back, leave. */
export const askFailed: QuestionView<"failed"> = async (ui, question, signal) => {
  const { step: key, number } = question;
  const step = ui.facts.stepOf(key);
  for (;;) {
    const given = await askMenu(ui, { entries: entriesFor(ui, question) }, signal);
    if ("key" in given && given.key === "q" && question.inGuard) return { say: "roll-back" };
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    if (given.key === "r") return { say: "retry" };
    if (given.key === "o") await openLog(ui, key);
    if (given.key === "!" && step) await openShell(ui, step);
    if (given.key === "s") {
      const reason = await askReason(
        ui,
        `Why does the run go on without ${number}? It is kept. Esc: not skipped.`,
        signal,
      );
      if (reason !== undefined) return { say: "skip", reason };
    }
    if (given.key === "k") {
      const reason = await askReason(
        ui,
        `Why does ${number} count as ok all the same? It is kept. Esc: it does not.`,
        signal,
      );
      if (reason !== undefined) return { say: "overrule", reason };
    }
  }
};

function entriesFor({ facts }: TerminalUi, { inGuard, overrulable }: Asked<"failed">): readonly MenuEntry[] {
  return [
    { key: "r", word: "run again", help: "one more attempt" },
    ...(inGuard ? [] : [{ key: "s", word: "skip", help: "go on without it; asks why, and the reason is kept" }]),
    ...(overrulable
      ? [{ key: "k", word: "keep as ok", help: "it counts as ok all the same; asks why", rare: true }]
      : []),
    { key: "o", word: "output", help: "all that it printed" },
    { key: "b", word: inGuard ? "roll back now" : "roll back", help: "undo what ran; asks for the word" },
    { ...noteEntry, rare: true },
    { key: "!", word: "shell", help: "a shell in this folder and environment; exit comes back here", rare: true },
    inGuard
      ? { key: "q", word: "leave, which rolls back", help: "undo what ran since the guard began, and stop" }
      : { key: "q", word: "quit", help: `stop here; lockstep resume ${facts.runId} goes on` },
  ];
}
