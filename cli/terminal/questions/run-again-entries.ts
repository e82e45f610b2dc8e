import type { MenuEntry } from "../session/menu.ts";

/** What is decided about a step that is done and would not be what it was. */
export const keepEntry: MenuEntry = { key: "k", word: "keep it as done", help: "it stays done, as it stood" };
export const runAgainEntry: MenuEntry = {
  key: "g",
  word: "run it again in its turn",
  help: "what it did stays until it begins again",
};
export const viewEntry: MenuEntry = {
  key: "v",
  word: "view",
  help: "what it would change, its undo, what watches it",
};
