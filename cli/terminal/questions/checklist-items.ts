import type { QuestionItem } from "../../../runners/questions/question.ts";
import { inertText } from "../../output/inert-text.ts";
import { tallest } from "../screen/live-frame.ts";
import { textWidth } from "../screen/wrap-line.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { Asked } from "./question-view.ts";

/** A checklist as it stands at this terminal. */
export interface Checklist {
  readonly items: readonly QuestionItem[];
  /** Items that hold: recorded, or ticked here. */
  readonly ticked: ReadonlySet<number>;
  /** Ticked here, and not recorded yet. */
  readonly fresh: readonly number[];
  readonly open: readonly number[];
  /** Open, and for a second person. */
  readonly elsewhere: readonly number[];
  /** The item that the cursor keys are at. */
  readonly cursor: number;
  move(to: "up" | "down"): void;
  toggle(item: number): void;
}

/** Opens a checklist; what was ticked here before it was asked again is still ticked. */
export function openChecklist({ drafts }: TerminalUi, { step, items }: Asked<"checklist">): Checklist {
  const draft = drafts.get(step) ?? new Set<number>();
  drafts.set(step, draft);
  const recorded = items.filter(({ ticked }) => ticked).map(({ item }) => item);
  for (const item of recorded) draft.delete(item);
  let cursor = items[0]?.item ?? 1;
  const open = (): QuestionItem[] => items.filter(({ item }) => !recorded.includes(item) && !draft.has(item));
  return {
    items,
    get ticked() {
      return new Set([...recorded, ...draft]);
    },
    get fresh() {
      return [...draft].sort((one, other) => one - other);
    },
    get open() {
      return open().map(({ item }) => item);
    },
    get elsewhere() {
      return open()
        .filter(({ by }) => by === "secondPerson")
        .map(({ item }) => item);
    },
    get cursor() {
      return cursor;
    },
    move: (to) => {
      const next = cursor + (to === "up" ? -1 : 1);
      if (items.some(({ item }) => item === next)) cursor = next;
    },
    toggle: (item) => {
      cursor = item;
      if (!draft.delete(item)) draft.add(item);
    },
  };
}

/** A row is cut where the window ends: what does not fit is printed whole, once, above. */
export function printLongItems({ screen }: TerminalUi, { items, fresh }: Checklist): void {
  const width = textWidth(screen.columns) - 10;
  const isAgain = fresh.length > 0 || items.some(({ ticked, checked }) => ticked && !checked);
  if (screen.mode === "plain" || isAgain || items.every(({ text }) => text.length <= width)) return;
  const rows = items.map(({ item, text }) => ({ text: `  ${String(item).padStart(2)}  ${inertText(text)}`, hang: 6 }));
  screen.print([...rows, ""]);
}

/**
 * The items, one a row; of a list that is too long those around the cursor.
 *
 * @param below Rows that the message and the menu take.
 */
export function itemRows(ui: TerminalUi, checklist: Checklist, below: number): string[] {
  const { items, cursor } = checklist;
  const { screen, facts } = ui;
  const room = Math.max(1, Math.min(tallest, screen.rows - 1) - below - facts.guards.size);
  if (items.length <= room) return items.map((item) => itemRow(ui, checklist, item));
  const at = items.findIndex(({ item }) => item === cursor);
  const first = Math.max(0, Math.min(at - Math.floor(room / 2), items.length - room));
  const after = items.length - first - room;
  return items.slice(first, first + room).map((item, index) => {
    const more = index === 0 && first > 0 ? `${first} above` : index === room - 1 && after > 0 ? `${after} below` : "";
    const row = itemRow(ui, checklist, item);
    return more === "" ? row : `${row}  (${more})`;
  });
}

function itemRow({ screen: { style } }: TerminalUi, { ticked, items, cursor }: Checklist, of: QuestionItem): string {
  const { item, text } = of;
  const box = ticked.has(item) ? `[${style.ok("x")}]` : "[ ]";
  const at = items.length > 9 && cursor === item ? ">" : " ";
  const number = String(item).padStart(items.length > 9 ? 2 : 1);
  return `${at}  ${style.key(number)} ${box} ${inertText(text)}${remarkOf(of)}`;
}

/** What a machine saw, or that it takes somebody else. */
export function remarkOf({ checked, by }: QuestionItem): string {
  if (checked) return `, looked at: ${checked.ok ? "holds" : "does not hold"}`;
  return by === "secondPerson" ? ", by a second person" : "";
}
