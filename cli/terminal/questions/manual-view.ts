import { inertText } from "../../output/inert-text.ts";
import { askMenu, askTyped } from "../session/menu.ts";
import { askReason, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** What only a person can do, and what they are asked for once it is done. */
export const askManual: QuestionView<"manual"> = async (
  ui,
  { step: key, title, instructions, command, asks },
  signal,
  record,
) => {
  record.announce(key, title, command);
  if (instructions !== undefined) ui.screen.print([`     ${inertText(instructions)}`]);
  for (;;) {
    const given = await askMenu(
      ui,
      {
        entries: [
          { key: "d", word: "done", help: asks.length > 0 ? "it is done; asks for what is noted" : "it is done" },
          { key: "x", word: "cannot be done", help: "refuse; asks why, and the reason is kept" },
          noteEntry,
          quitEntry,
        ],
      },
      signal,
    );
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    if (given.key === "x") {
      const reason = await askReason(ui, "Why not? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
    if (given.key !== "d") continue;
    const answers: Record<string, string> = {};
    for (const { name, gives, capture } of asks) {
      const choices = capture.kind === "answer" ? capture.choices : undefined;
      const say = `${inertText(gives ?? name)}${choices ? ` (${choices.join(", ")})` : ""}`;
      const answer = await askTyped(ui, { say: [say], ...(choices ? { expected: choices } : {}) }, signal);
      if (typeof answer !== "string") break;
      answers[name] = answer;
    }
    if (Object.keys(answers).length === asks.length) return { say: "done", asks: answers };
  }
};
