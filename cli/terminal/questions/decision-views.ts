import { upperFirst } from "../../../renderers/page/words.ts";
import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { askMenu } from "../session/menu.ts";
import { besidesLines } from "../session/running-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { waitLines } from "../watching/wait-view.ts";
import { type AnswerEntry, askAnswer, because } from "./answer-menu.ts";
import { backEntries, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
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
  const again = { word: "sample again", help: "once more" };
  const without = {
    word: "go on without",
    help: "it counts as no alert; asks why, and the reason is kept",
    why: "Why does the run go on without a number? It is kept. Esc: it does not.",
  };
  return askAnswer(ui, key, signal, () => ({
    entries: againOrAnyway(ui, { key, number, again, anyway: without }, signal),
    body: (room) => [...besidesLines(ui, "without waits"), ...waitLines(ui, room - 1)],
    showsWaits: true,
    message: inertText(remark),
  }));
}

/** A destructive step outside of the hours of its environment. */
export const askClosed: QuestionView<"closed"> = (ui, { step: key, number, remark }, signal) => {
  const again = { word: "look again", help: "start it if it may start by now" };
  const anyway = {
    word: "start all the same",
    help: "asks why, and the reason is kept",
    why: "Why does it start outside of its hours? It is kept. Esc: it does not.",
  };
  return askAnswer(ui, key, signal, () => ({
    entries: againOrAnyway(ui, { key, number, again, anyway }, signal),
    message: `${upperFirst(inertText(remark))}.`,
  }));
};

/** What a machine judged is looked at once more, or a person goes past it with a reason. */
function againOrAnyway(
  ui: TerminalUi,
  {
    key,
    number,
    again,
    anyway,
  }: {
    readonly key: string;
    readonly number: string;
    readonly again: Pick<AnswerEntry, "word" | "help">;
    readonly anyway: Pick<AnswerEntry, "word" | "help"> & { readonly why: string };
  },
  signal: AbortSignal,
): readonly AnswerEntry[] {
  const { why, ...words } = anyway;
  return [
    { key: "r", ...again, answer: () => ({ say: "retry" }) },
    { key: "k", ...words, answer: because(ui, signal, why, (reason) => ({ say: "overrule", reason })) },
    noteEntry,
    ...backEntries(ui, key),
    quitEntry(ui, number),
  ];
}

/** A guard with `onTrip: stop` has tripped; only a person arms it again. */
export const askTripped: QuestionView<"tripped"> = (ui, { step: key, number, remark }, signal) => {
  const why = "Why may it go on? It is kept in the record. Esc: it may not.";
  return askAnswer(ui, key, signal, () => ({
    entries: [
      {
        key: "g",
        word: "go on",
        help: "watch again; asks why, and the reason is kept",
        answer: because(ui, signal, why, (reason) => ({ say: "arm", reason })),
      },
      noteEntry,
      ...backEntries(ui, key),
      quitEntry(ui, number),
    ],
    message: `Tripped: ${inertText(remark)}`,
  }));
};
