import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { differingLines } from "../../output/step-change-lines.ts";
import { askMenu, askTyped, type MenuEntry } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, backEntry, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A watch shows until somebody has seen enough. */
export const askWatch: QuestionView<"watch"> = async (ui, { step: key, until }, signal) => {
  for (;;) {
    const entries = [{ key: "d", word: "done", help: "seen enough" }, noteEntry, quitEntry];
    const given = await askMenu(
      ui,
      { entries, message: `Until ${inertText(until)}.`, ctrlC: "Ctrl-C ends the watch, like d." },
      signal,
    );
    if (("key" in given && given.key === "d") || ("left" in given && given.left === "ctrl-c")) return { say: "seen" };
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
  }
};

/** A gate or a guard brings no number. */
export const askInconclusive: QuestionView<"inconclusive"> = (ui, question, signal) =>
  askWithoutNumber(ui, question, signal);
export const askBlind: QuestionView<"blind"> = (ui, question, signal) => askWithoutNumber(ui, question, signal);

async function askWithoutNumber(
  ui: TerminalUi,
  { step: key, remark }: { readonly step: string; readonly remark: string },
  signal: AbortSignal,
): Promise<Answer | typeof suspend> {
  ui.screen.bell();
  for (;;) {
    const entries: MenuEntry[] = [
      { key: "r", word: "sample again", help: "once more" },
      { key: "k", word: "go on without", help: "it counts as no alert; asks why, and the reason is kept" },
      noteEntry,
      backEntry,
      quitEntry,
    ];
    const given = await askMenu(ui, { entries, message: inertText(remark) }, signal);
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
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

/** A guard with `onTrip: stop` has tripped; only a person arms it again. */
export const askTripped: QuestionView<"tripped"> = async (ui, { step: key, remark }, signal) => {
  for (;;) {
    const entries = [
      { key: "g", word: "go on", help: "watch again; asks why, and the reason is kept" },
      noteEntry,
      backEntry,
      quitEntry,
    ];
    const given = await askMenu(ui, { entries, message: `Tripped: ${inertText(remark)}` }, signal);
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if (!("key" in given) || given.key !== "g") continue;
    const reason = await askReason(ui, "Why may it go on? It is kept in the record. Esc: it may not.", signal);
    if (reason !== undefined) return { say: "arm", reason };
  }
};

/** A rollback came to what it cannot decide. */
export const askRollback: QuestionView<"rollback"> = async (
  ui,
  { step: key, number, title, remark, command },
  signal,
) => {
  ui.screen.print([`${number}  ${inertText(title)}`, `     ${inertText(remark)}`]);
  if (command) ui.screen.printCommand(command);
  for (;;) {
    const entries = [
      ...(command ? [{ key: "u", word: "undo it", help: "run this undo; asks why, and the reason is kept" }] : []),
      { key: "l", word: "leave it", help: "go on past it; asks why, and the reason is kept" },
      noteEntry,
      quitEntry,
    ];
    const given = await askMenu(ui, { entries }, signal);
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    const say = given.key === "u" ? "undo" : given.key === "l" ? "leave" : undefined;
    if (say === undefined) continue;
    const reason = await askReason(ui, "Why? It is kept in the record. Esc: not yet.", signal);
    if (reason !== undefined) return { say, reason };
  }
};

/** The runbook was edited since the run began. */
export const askChanged: QuestionView<"changed"> = async (ui, { changes }, signal) => {
  for (const change of changes) {
    ui.screen.print([`${change.step}: ${change.change}${change.done ? ", done already as it stood" : ""}`]);
    ui.screen.print(differingLines(change).map(([sign, text]) => `     ${sign} ${inertText(text)}`));
  }
  ui.screen.print([""]);
  for (;;) {
    const entries = [
      { key: "g", word: "go on", help: "with the runbook as it is now; asks for the word" },
      noteEntry,
      backEntry,
      quitEntry,
    ];
    const given = await askMenu(ui, { entries, message: "What is done stays done as it stood." }, signal);
    const common = await commonAnswer(ui, given, "runbook", signal);
    if (common !== undefined) return common;
    if (!("key" in given) || given.key !== "g") continue;
    const word = await askTyped(
      ui,
      {
        say: ["Goes on with the runbook as it is now. To accept, type accept and Enter. Esc: not yet."],
        expected: ["accept"],
      },
      signal,
    );
    if (word === "accept") return { say: "accept" };
  }
};
