import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { askMenu } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { backEntries, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import type { Asked } from "./question-view.ts";

/** A caution stands alone, until somebody has read it; only then its step can be started. Undefined: read. */
export async function askCaution(
  ui: TerminalUi,
  { step, number }: Pick<Asked<"start">, "step" | "number">,
  signal: AbortSignal,
): Promise<Answer | typeof suspend | undefined> {
  const common = commonKeys(ui, step, signal);
  for (;;) {
    const entries = [
      { key: "c", word: "caution read", help: `show ${number}; nothing runs yet` },
      noteEntry,
      ...backEntries(ui, step),
      quitEntry(ui, number),
    ];
    const given = await askMenu(ui, { entries, body: () => [], message: common.message() }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return answer;
    if ("key" in given && given.key === "c") return undefined;
  }
}
