import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { askMenu } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { finish, withTicks } from "./checklist-answer.ts";
import { type Checklist, remarkOf } from "./checklist-items.ts";
import type { Asked } from "./question-view.ts";

/** A checklist for a screen reader: one item after the other, each with its words. */
export async function askItemByItem(
  ui: TerminalUi,
  question: Asked<"checklist">,
  checklist: Checklist,
  signal: AbortSignal,
): Promise<Answer | typeof suspend> {
  const { number, step } = question;
  const common = commonKeys(ui, step, signal);
  for (;;) {
    const item = checklist.items.find(
      ({ item: each }) => checklist.open.includes(each) && !checklist.elsewhere.includes(each),
    );
    if (item === undefined) {
      const done = finish(ui, question, checklist);
      if (typeof done === "object") return done;
      ui.screen.print([done]);
    }
    const failed = item?.checked?.ok === false;
    const message = item && `Item ${item.item} of ${checklist.items.length}: ${inertText(item.text)}${remarkOf(item)}.`;
    const entries = [
      ...(item ? [{ key: "d", word: "holds", help: "this item holds" }] : []),
      { key: "x", word: "does not hold", help: "refuse; asks why, and the reason is kept" },
      noteEntry,
      quitEntry(ui, number),
    ];
    const given = await askMenu(ui, { entries, message: common.message() ?? message }, signal);
    const answer = await common.take(given);
    if (answer !== undefined) return withTicks(ui, question, checklist, answer);
    if ("left" in given) continue;
    if (given.key === "d" && item && !failed) checklist.toggle(item.item);
    if (given.key === "d" && item && failed) {
      const say = `Item ${item.item} failed its check. Why does it hold all the same? It is kept.`;
      const reason = await askReason(ui, say, signal);
      if (reason !== undefined) return { say: "overrule", reason, items: [item.item] };
    }
    if (given.key === "x") {
      const reason = await askReason(ui, "What does not hold? It is kept in the record.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
  }
}
