import type { Line } from "../screen/screen.ts";
import { textWidth, wrapLine } from "../screen/wrap-line.ts";
import { narrow } from "./fact-line.ts";
import type { MenuEntry, MenuOptions } from "./menu.ts";
import type { TerminalUi } from "./terminal-ui.ts";

type Ui = Pick<TerminalUi, "screen">;

/** The line of a menu, in a narrow window on several rows: never cut within an entry. */
export function menuLines({ screen: { style, columns } }: Ui, { entries, lead = [], ctrlC }: MenuOptions): string[] {
  const items = [
    ...lead,
    ...entries
      .filter(({ rare, shownAbove }) => !rare && !shownAbove)
      .map(({ key, word }) => [style.key(key), word].join(" ")),
    ...(entries.filter(({ shownAbove }) => !shownAbove).length > 2 ? [`${style.key("?")} more`] : []),
    ...(ctrlC === undefined ? [] : [ctrlC]),
  ];
  return joinRows(items, style.marks.menuSeparator, textWidth(columns));
}

/** Every key with what it does. */
export function menuHelp({ screen }: Ui, { entries, ctrlC }: MenuOptions): string[] {
  const { style, columns, mode } = screen;
  const listed = entries.filter(({ shownAbove }) => !shownAbove);
  const end = "Enter answers nothing here.";
  if (mode === "plain") return [...listed.map(({ word, help }) => `${word}: ${help}.`)];
  const width = Math.max(...listed.map(({ word }) => word.length)) + 2;
  const row = ({ key, word, help }: MenuEntry): Line => {
    const head = `  ${style.key(key)}  `;
    if (columns < narrow) return { text: `${head}${word}: ${help}`, hang: 5 };
    return { text: `${head}${word.padEnd(width)}${help}`, hang: 4 + key.length + width };
  };
  return [...listed.map(row), `  ${end} ${ctrlC === undefined ? ctrlCWords : `${ctrlC}.`}`].flatMap((line) =>
    wrapLine(line, columns),
  );
}

/** What Ctrl-C does at a menu where nothing else is said. */
const ctrlCWords = "Ctrl-C leaves, like q.";

/** Items side by side, as many as fit into a row. */
export function joinRows(items: readonly string[], separator: string, width: number): string[] {
  const rows: string[] = [];
  for (const item of items) {
    const last = rows.at(-1);
    const joined = last === undefined ? item : `${last}${separator}${item}`;
    if (last === undefined || widthOf(joined) > width) rows.push(item);
    else rows[rows.length - 1] = joined;
  }
  return rows;
}

function widthOf(text: string): number {
  return text.replace(/\x1b\[\d*m/g, "").length;
}
