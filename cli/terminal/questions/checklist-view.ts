import type { Answer } from "../../../runners/questions/question.ts";
import { wrapLine } from "../screen/wrap-line.ts";
import { narrow } from "../session/fact-line.ts";
import { askMenu, type MenuEntry, type MenuOptions } from "../session/menu.ts";
import { menuLines } from "../session/menu-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, commonKeys, noteEntry, quitEntry } from "./anytime-answers.ts";
import { finish, secondPersonWords, withTicks } from "./checklist-answer.ts";
import { type Checklist, itemRows, openChecklist, printLongItems } from "./checklist-items.ts";
import { askItemByItem } from "./plain-checklist.ts";
import type { Asked, QuestionView } from "./question-view.ts";

/** Items ticked by digit; `d` only when all of them hold. */
export const askChecklist: QuestionView<"checklist"> = async (ui, question, signal, record) => {
  const { step: key, title } = question;
  if (ui.leaving.delete(key)) return { say: "stop" };
  record.announce(key, title, undefined);
  const checklist = openChecklist(ui, question);
  printLongItems(ui, checklist);
  if (ui.screen.mode === "plain") return askItemByItem(ui, question, checklist, signal);
  const common = commonKeys(ui, key, signal);
  let message: string | undefined;
  for (let known: "new" | "same" = "new"; ; known = "same") {
    const options = {
      message: common.message() ?? message ?? openWords(ui, question, checklist),
      lead: [`${checklist.ticked.size} of ${checklist.items.length}`, tickWords(ui, checklist)],
      entries: entriesFor(ui, question, checklist),
      question: known,
    };
    const given = await askMenu(
      ui,
      { ...options, body: () => itemRows(ui, checklist, rowsBelow(ui, options)) },
      signal,
    );
    message = undefined;
    const answer = await common.take(given);
    if (answer !== undefined) return withTicks(ui, question, checklist, answer);
    if ("left" in given) continue;
    if (given.key === "up" || given.key === "down") checklist.move(given.key);
    const item = given.key === "space" ? checklist.cursor : Number(given.key);
    if (item > 0) {
      const done = await tick(ui, question, checklist, item, signal);
      if (typeof done === "object") return done;
      message = done;
    }
    if (given.key === "d") {
      const done = finish(ui, question, checklist);
      if (typeof done === "object") return done;
      message = done;
    }
    if (given.key === "x") {
      const reason = await askReason(ui, "What does not hold? It is kept in the record. Esc: not refused.", signal);
      if (reason !== undefined) return { say: "refuse", reason };
    }
  }
};

/** What stands below the items takes so many rows. */
function rowsBelow(ui: TerminalUi, options: MenuOptions): number {
  return wrapLine(options.message ?? "", ui.screen.columns).length + menuLines(ui, options).length;
}

/** Ticks or unticks; what a machine or somebody else must say, and has not, is no matter of a key. */
async function tick(
  ui: TerminalUi,
  question: Asked<"checklist">,
  checklist: Checklist,
  item: number,
  signal: AbortSignal,
): Promise<Answer | string | undefined> {
  const found = checklist.items.find((each) => each.item === item);
  if (found === undefined) return undefined;
  if (found.checked?.ok === false && !found.ticked) {
    const say = `${item} failed its check. Why does it hold all the same? It is kept. Esc: it does not.`;
    const reason = await askReason(ui, say, signal);
    return reason === undefined ? undefined : { say: "overrule", reason, items: [item] };
  }
  if (found.ticked) return `${item} ${found.checked?.ok ? "was looked at, and holds" : "is ticked and recorded"}.`;
  if (found.by === "secondPerson") return secondPersonWords(ui, question, [item]);
  checklist.toggle(item);
  return undefined;
}

function entriesFor(ui: TerminalUi, { number }: Asked<"checklist">, { items }: Checklist): readonly MenuEntry[] {
  const digits = items
    .slice(0, 9)
    .map(({ item }) => ({ key: String(item), word: `${item}`, help: "", shownAbove: true }));
  const moves = items.length > 9 ? [...scrollEntries, spaceEntry] : scrollEntries;
  return [
    ...digits,
    ...moves,
    { key: "d", word: "done", help: "all items hold" },
    { key: "x", word: "does not hold", help: "refuse; asks why, and the reason is kept" },
    noteEntry,
    quitEntry(ui, number),
  ];
}

/** In a small window a list may be longer than what fits. */
const scrollEntries = [
  { key: "up", word: "up", help: "the item above", shownAbove: true },
  { key: "down", word: "down", help: "the item below", shownAbove: true },
];
const spaceEntry = { key: "space", word: "tick", help: "tick or untick this item", shownAbove: true };

function tickWords({ screen: { style } }: TerminalUi, { items }: Checklist): string {
  const last = Math.min(9, items.length);
  const digits = `${style.key(last === 1 ? "1" : `1-${last}`)} tick`;
  return items.length > 9 ? `${digits}, ${style.key("up, down, space")} too` : digits;
}

function openWords(ui: TerminalUi, question: Asked<"checklist">, { open, elsewhere }: Checklist): string {
  if (open.length === 0) return "All hold.";
  if (open.length === elsewhere.length) return secondPersonWords(ui, question, elsewhere);
  const numbers = `Open: ${open.join(", ")}`;
  return ui.screen.columns < narrow ? numbers : `${numbers}. All must hold${beforeWords(ui, question)}.`;
}

function beforeWords({ plan }: TerminalUi, { step }: Asked<"checklist">): string {
  const [first] = plan.body;
  if (!plan.requires.some(({ id }) => id === step)) return "";
  if (first?.block !== "section" || plan.sectionWord === undefined) return " before anything runs";
  return ` before ${plan.sectionWord} ${first.number}`;
}
