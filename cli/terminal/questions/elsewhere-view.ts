import { inertText } from "../../output/inert-text.ts";
import { askTyped } from "../session/typed-line.ts";
import { type AnswerEntry, askAnswer } from "./answer-menu.ts";
import { commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A resume in another folder, or with another cluster, than before: what differs, and the word that goes on here. */
export const askElsewhere: QuestionView<"elsewhere"> = async (ui, { step, differences }, signal) => {
  const { screen } = ui;
  const common = commonKeys(ui, step, signal);
  screen.print([
    ...differences.flatMap(({ what, before, now }) => [
      screen.style.caution(inertText(`Another ${what} than before`)),
      ...(screen.mode === "plain"
        ? [inertText(`It was: ${before}`), inertText(`It is now: ${now}`)]
        : [
            { text: `     - ${inertText(before)}`, hang: 7 },
            { text: `     + ${inertText(now)}`, hang: 7 },
          ]),
    ]),
  ]);
  const what = differences.map((difference) => difference.what).join(" and ");
  const entries: readonly AnswerEntry<"back">[] = [
    { key: "t", word: "type here", help: `goes on in this ${what}`, answer: () => "back" },
    noteEntry,
    quitEntry(ui),
  ];
  for (;;) {
    const say = ["What ran so far ran there. To go on here, type here and Enter. Esc: not yet."];
    const word = await askTyped(ui, { say, expected: ["here"] }, signal);
    if (word === "here") return { say: "accept" };
    const left =
      typeof word === "object"
        ? await common.take(word)
        : await askAnswer(ui, step, signal, () => ({ entries }), common);
    if (left !== undefined && left !== "back") return left;
  }
};
