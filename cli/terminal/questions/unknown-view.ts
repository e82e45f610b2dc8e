import { inertText } from "../../output/inert-text.ts";
import { askMenu, askTyped } from "../session/menu.ts";
import { openShell } from "../session/step-shell.ts";
import { askReason, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** A write began, and nobody knows how it ended. The question is about the world, and nothing runs from here. */
export const askUnknown: QuestionView<"unknown"> = async (
  ui,
  { step: key, number, title, remark, command },
  signal,
  record,
) => {
  const step = ui.facts.stepOf(key);
  record.announce(key, title, command);
  ui.screen.print([`     ${inertText(remark)}`, ""]);
  const table = [
    `${number} may have happened, or not, or half. lockstep cannot tell. Look at`,
    `${step?.on.text ?? "it"} itself (Esc, then ! for a shell), then type what you found:`,
    "",
    `  there    all that ${number} does is there   ${number} counts as ok and is not run again`,
    `  missing  nothing of it is there       ${number} is shown again; only r runs it`,
    `  partly   something else               ${number} counts as failed; its menu comes`,
    "  (Enter)  I have not looked            nothing changes; it stays unknown",
    "",
  ];
  for (;;) {
    const found = await askTyped(ui, { say: table, expected: ["there", "missing", "partly"] }, signal);
    if (found === "there" || found === "missing" || found === "partly") {
      const how = await askReason(ui, "How did you see it? It is kept in the record.", signal);
      if (how !== undefined) return { say: found, how };
      continue;
    }
    const given =
      typeof found === "object"
        ? found
        : await askMenu(
            ui,
            {
              entries: [
                { key: "t", word: "type what you found", help: "there, missing or partly" },
                { key: "!", word: "shell", help: "a shell in this folder and environment; exit comes back here" },
                noteEntry,
                quitEntry,
              ],
            },
            signal,
          );
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("key" in given && given.key === "!" && step) await openShell(ui, step);
  }
};
