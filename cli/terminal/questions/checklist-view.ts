import type { QuestionItem } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { askMenu } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, commonAnswer, noteEntry, quitEntry } from "./common-answers.ts";
import type { QuestionView } from "./question-view.ts";

/** Items ticked by digit; `d` only when all of them hold. */
export const askChecklist: QuestionView<"checklist"> = async (ui, { step: key, title, items }, signal, record) => {
  record.announce(key, title, undefined);
  const ticked = new Set(items.filter((item) => item.ticked).map(({ item }) => item));
  let cursor = 0;
  let message: string | undefined;
  for (let question: "new" | "same" = "new"; ; question = "same") {
    const digits = items.slice(0, 9).map(({ item }) => ({ key: String(item), word: `${item}`, help: "", rare: true }));
    const open = items.filter(({ item }) => !ticked.has(item)).map(({ item }) => item);
    const given = await askMenu(
      ui,
      {
        body: () => itemLines(ui, items, ticked, items.length > 9 ? cursor : undefined),
        message: message ?? (open.length === 0 ? "All items hold." : `Open: ${open.join(", ")}. All must hold.`),
        entries: [
          ...digits.map((entry) => ({ ...entry, help: "tick or untick this item" })),
          ...(items.length > 9 ? moveEntries : []),
          { key: "d", word: "done", help: "all items hold" },
          { key: "x", word: "does not hold", help: "refuse; asks why, and the reason is kept" },
          noteEntry,
          quitEntry,
        ],
        question,
      },
      signal,
    );
    message = undefined;
    const common = await commonAnswer(ui, given, key, signal);
    if (common !== undefined) return common;
    if ("left" in given) continue;
    if (/^[1-9]$/.test(given.key)) toggle(ticked, items, Number(given.key));
    if (given.key === "down") cursor = Math.min(items.length - 1, cursor + 1);
    if (given.key === "up") cursor = Math.max(0, cursor - 1);
    if (given.key === "space") toggle(ticked, items, items[cursor]?.item ?? 0);
    if (given.key === "d" && open.length > 0)
      message = `Not done: ${open.join(", ")} ${open.length === 1 ? "is" : "are"} open.`;
    if (given.key === "d" && open.length === 0)
      return { say: "tick", items: items.filter((item) => !item.ticked).map(({ item }) => item) };
    if (given.key === "x") {
      const reason = await askReason(ui, "What does not hold? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
  }
};

const moveEntries = [
  { key: "up", word: "up", help: "the item above", rare: true },
  { key: "down", word: "down", help: "the item below", rare: true },
  { key: "space", word: "tick", help: "tick or untick this item", rare: true },
];

function toggle(ticked: Set<number>, items: readonly QuestionItem[], item: number): void {
  const found = items.find((candidate) => candidate.item === item);
  // what a machine ticked stays
  if (!found || found.checked?.ok) return;
  if (!ticked.delete(item)) ticked.add(item);
}

function itemLines(
  { screen: { style } }: TerminalUi,
  items: readonly QuestionItem[],
  ticked: ReadonlySet<number>,
  cursor: number | undefined,
): string[] {
  return items.map(({ item, text, checked, by }, index) => {
    const box = ticked.has(item) ? `[${style.ok("x")}]` : "[ ]";
    const remark = checked
      ? checked.ok
        ? " (looked at)"
        : style.failed(" (looked at: does not hold)")
      : by
        ? " (a second person)"
        : "";
    return `${cursor === index ? ">" : " "}  ${style.key(String(item).padStart(2))} ${box} ${inertText(text)}${remark}`;
  });
}
