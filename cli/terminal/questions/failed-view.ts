import { askMenu, type MenuEntry } from "../session/menu.ts";
import { openLog } from "../session/step-log.ts";
import { openShell } from "../session/step-shell.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, backEntries, commonKeys, noteEntry, quitEntry, shellEntry } from "./anytime-answers.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** A step failed for good: once more, go on without it, look, go back, leave. */
export const askFailed: QuestionView<"failed"> = async (ui, question, signal) => {
  const { step: key, number, inGuard } = question;
  const step = ui.facts.stepOf(key);
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const given = await askMenu(
      ui,
      { body: () => [], entries: entriesFor(ui, question), message: common.message() },
      signal,
    );
    // leaving a failure in a guard's range trips the guard
    if ("key" in given && given.key === "q" && inGuard) return { say: "stop" };
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "r") return { say: "retry" };
    if (given.key === "o") await openLog(ui, key);
    if (given.key === "!" && step) await openShell(ui, step);
    if (given.key === "s") {
      const say = `Why does the run go on without ${number}? It is kept. Esc: not skipped.`;
      const reason = await askReason(ui, say, signal);
      if (reason !== undefined) return { say: "skip", reason };
    }
    if (given.key === "k") {
      const say = `Why does ${number} count as ok all the same? It is kept. Esc: it does not.`;
      const reason = await askReason(ui, say, signal);
      if (reason !== undefined) return { say: "overrule", reason };
    }
  }
};

function entriesFor(
  ui: TerminalUi,
  { step: key, number, inGuard, overrulable }: Asked<"failed">,
): readonly MenuEntry[] {
  const leave = { key: "q", word: "leave, which rolls back", help: "undo what ran since the guard began, and stop" };
  return [
    { key: "r", word: "run again", help: "one more attempt" },
    ...(inGuard ? [] : [{ key: "s", word: "skip", help: "go on without it; asks why, and the reason is kept" }]),
    ...(ui.facts.stepOf(key)?.terminal ? [] : [{ key: "o", word: "output", help: "all that it printed" }]),
    ...backEntries(ui, key).map((entry) => ({ ...entry, rare: false, ...(inGuard ? { word: "roll back now" } : {}) })),
    ...(overrulable
      ? [{ key: "k", word: "keep as ok", help: "it counts as ok all the same; asks why", rare: true }]
      : []),
    { ...noteEntry, rare: true },
    shellEntry,
    inGuard ? leave : quitEntry(ui, number),
  ];
}
