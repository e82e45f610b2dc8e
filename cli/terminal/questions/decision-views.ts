import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { upperFirst } from "../session/fact-line.ts";
import { askMenu, type MenuEntry } from "../session/menu.ts";
import { besidesLines } from "../session/running-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { waitLines } from "../watching/wait-view.ts";
import { askReason, backEntries, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A watch shows until somebody has seen enough. */
export const askWatch: QuestionView<"watch"> = async (ui, { step: key, number, until }, signal) => {
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const entries = [{ key: "d", word: "done", help: "seen enough" }, noteEntry, quitEntry(ui, number)];
    const given = await askMenu(
      ui,
      { entries, message: common.message() ?? `Until ${inertText(until)}.`, ctrlC: "Ctrl-C ends the watch, like d" },
      signal,
    );
    if (("key" in given && given.key === "d") || ("left" in given && given.left === "ctrl-c")) return { say: "seen" };
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
  }
};

/** A gate or a guard brings no number. */
export const askInconclusive: QuestionView<"inconclusive"> = (ui, question, signal) =>
  askWithoutNumber(ui, question, signal);
export const askBlind: QuestionView<"blind"> = (ui, question, signal) => askWithoutNumber(ui, question, signal);

async function askWithoutNumber(
  ui: TerminalUi,
  { step: key, number, remark }: { readonly step: string; readonly number: string; readonly remark: string },
  signal: AbortSignal,
): Promise<Answer | typeof suspend> {
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const entries: MenuEntry[] = [
      { key: "r", word: "sample again", help: "once more" },
      { key: "k", word: "go on without", help: "it counts as no alert; asks why, and the reason is kept" },
      noteEntry,
      ...backEntries(ui, key),
      quitEntry(ui, number),
    ];
    const body = (room: number): string[] => [...besidesLines(ui, "without waits"), ...waitLines(ui, room - 1)];
    const message = common.message() ?? inertText(remark);
    const given = await askMenu(ui, { entries, body, showsWaits: true, message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "r") return { say: "retry" };
    if (given.key === "k") {
      const reason = await askReason(
        ui,
        "Why does the run go on without a number? It is kept. Esc: it does not.",
        signal,
      );
      if (reason !== undefined) return { say: "overrule", reason };
    }
  }
}

/** A destructive step outside of the hours of its environment. */
export const askClosed: QuestionView<"closed"> = async (ui, { step: key, number, remark }, signal) => {
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const entries = [
      { key: "r", word: "look again", help: "start it if it may start by now" },
      { key: "k", word: "start all the same", help: "asks why, and the reason is kept" },
      noteEntry,
      ...backEntries(ui, key),
      quitEntry(ui, number),
    ];
    const message = common.message() ?? `${upperFirst(inertText(remark))}.`;
    const given = await askMenu(ui, { entries, message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("left" in given) continue;
    if (given.key === "r") return { say: "retry" };
    if (given.key === "k") {
      const reason = await askReason(
        ui,
        "Why does it start outside of its hours? It is kept. Esc: it does not.",
        signal,
      );
      if (reason !== undefined) return { say: "overrule", reason };
    }
  }
};

/** A guard with `onTrip: stop` has tripped; only a person arms it again. */
export const askTripped: QuestionView<"tripped"> = async (ui, { step: key, number, remark }, signal) => {
  const common = commonKeys(ui, key, signal);
  for (;;) {
    const entries = [
      { key: "g", word: "go on", help: "watch again; asks why, and the reason is kept" },
      noteEntry,
      ...backEntries(ui, key),
      quitEntry(ui, number),
    ];
    const given = await askMenu(ui, { entries, message: common.message() ?? `Tripped: ${inertText(remark)}` }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if (!("key" in given) || given.key !== "g") continue;
    const reason = await askReason(ui, "Why may it go on? It is kept in the record. Esc: it may not.", signal);
    if (reason !== undefined) return { say: "arm", reason };
  }
};
