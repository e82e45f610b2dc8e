import { type Answer, suspend } from "../../../runners/questions/question.ts";
import { askTyped, type MenuEntry } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";

export const noteEntry: MenuEntry = { key: "n", word: "note", help: "write a note into the record" };
export const quitEntry: MenuEntry = { key: "q", word: "quit", help: "stop here; lockstep resume goes on" };
export const backEntry: MenuEntry = { key: "b", word: "roll back", help: "undo what ran; asks for the word" };

/**
 * The keys that mean the same everywhere: note, quit, roll back, and leaving by Ctrl-C. Undefined: ask again.
 */
export async function commonAnswer(
  ui: TerminalUi,
  given: { readonly key: string } | { readonly left: "ctrl-c" | "aborted" | "gone" },
  step: string,
  signal: AbortSignal,
): Promise<Answer | typeof suspend | undefined> {
  if ("left" in given) {
    if (given.left === "ctrl-c") ui.leave("SIGINT");
    if (given.left === "gone") ui.leave("SIGHUP");
    return suspend;
  }
  if (given.key === "q") return { say: "stop" };
  if (given.key === "n") {
    const text = await askTyped(ui, { say: ["A note, for the record. Esc: none."] }, signal);
    if (typeof text === "string") await ui.run?.note(text, step);
    return undefined;
  }
  if (given.key === "b") {
    const word = await askTyped(ui, { say: [rollbackWords(ui)], expected: ["rollback"] }, signal);
    return word === "rollback" ? { say: "roll-back" } : undefined;
  }
  return undefined;
}

/** Asks why; the reason is kept. Undefined: they went back. */
export async function askReason(ui: TerminalUi, say: string, signal: AbortSignal): Promise<string | undefined> {
  const reason = await askTyped(ui, { say: [say] }, signal);
  return typeof reason === "string" ? reason : undefined;
}

function rollbackWords({ facts }: TerminalUi): string {
  const [guard] = facts.guards.values();
  const since = guard?.guard.from === undefined ? "" : ` since ${guard.guard.from.number}`;
  return `To undo what ran${since}, type rollback and Enter. Esc: no.`;
}
