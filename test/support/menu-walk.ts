import * as assert from "uvu/assert";
import { journalOf } from "./journal-of.ts";
import { assertRecord } from "./lockstep-terminal.ts";
import { openMenu } from "./menus.ts";

/**
 * Tries what every menu has in common: Enter and ? list its keys, Esc goes back, what only looks comes back and answers
 * nothing, and q leaves.
 */
export async function walkMenu(name: string): Promise<void> {
  const { window, folder, menu } = await openMenu(name);
  const before = typesOf(folder).filter((type) => type === "answered" || type === "started").length;
  await window.answer(menu.shown, "\r");
  await window.waitFor(/Enter answers nothing here/);
  assert.is(listed(window.screen()), menu.keys);
  await window.answer(/Enter answers nothing here/, "\x1b");
  await window.answer(menu.shown, "?");
  await window.answer(/Enter answers nothing here/, "\x1b");
  if (menu.keys.includes("n")) {
    await window.answer(menu.shown, "N");
    await window.word(/^A note, for the record\. Esc: none\.$/m, "written in between");
    await window.waitForRecord(/^ {5}note {4}written in between \(\w+\)$/m);
  }
  if (menu.keys.includes("v")) await window.answer(menu.shown, "v");
  if (menu.keys.includes("o")) await window.answer(menu.shown, "o");
  if (menu.keys.includes("!")) {
    await window.answer(menu.shown, "!");
    await window.word(/exit comes back to[\s\S]*\$$/, "echo in the sh''ell; exit");
    await window.waitForRecord(/^in the shell$/m);
  }
  await window.waitFor(menu.shown);
  const after = typesOf(folder).filter((type) => type === "answered" || type === "started").length;
  assert.is(after, before, "none of this answers or starts anything");
  const { code, times } = menu.quit ?? { code: 3, times: 1 };
  await window.answer(menu.shown, "q");
  if (times === 2) await window.answer(/^Leave\? Then nobody watches/m, "q");
  assert.is(await window.ended(), code);
  if (code === 3)
    assertRecord(window, /^Stopped at [^\n]*nothing runs[^\n]*\.\s+Goes on with: lockstep (resume|rollback) \w{4}$/m);
}

/** The keys that stand at the beginning of the rows of the list behind `?`. */
const listed = (screen: string): string =>
  [...screen.matchAll(/^ {2}(\S) {2}\S.* {2,}\S/gm)].map(([, key]) => key).join("");

const typesOf = (folder: string): readonly (string | undefined)[] => journalOf(folder).map(({ type }) => type);
