import { type Answer, suspend } from "../../../runners/questions/question.ts";
import type { KeyAnswer } from "../keys/keys.ts";
import type { MenuEntry } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askTyped } from "../session/typed-line.ts";
import { openGuard, undoable } from "../session/undo-words.ts";

export const noteEntry: MenuEntry = { key: "n", word: "note", help: "write a note into the record" };

/** @param number Of the step that it is asked about; none where it is asked about the run. */
export function quitEntry({ facts, purpose }: TerminalUi, number?: string): MenuEntry {
  if (purpose === "approve") return { key: "q", word: "quit", help: "leave; nothing is answered" };
  const where = number === undefined ? "here" : `at ${number}`;
  return { key: "q", word: "quit", help: `stop ${where}; lockstep resume ${facts.runId} goes on here` };
}

/** Going back is offered once something ran that it would undo; it is in view while a guard watches. */
export function backEntries(ui: TerminalUi, key: string): readonly MenuEntry[] {
  if (undoable(ui, key).undone.length === 0) return [];
  return [{ key: "b", word: "roll back", help: "undo what ran; asks for the word", rare: ui.facts.guards.size === 0 }];
}

/** The keys that mean the same at every question. */
export interface CommonKeys {
  /** What has to be said above the menu now. */
  message(): string | undefined;
  /** The answer, or undefined: ask again. */
  take(given: KeyAnswer): Promise<Answer | typeof suspend | undefined>;
  /** Another key was pressed: whoever was about to leave is asked again next time. */
  stayed(): void;
}

/** A second time within so many milliseconds means it. */
const sureWithin = 5000;

/**
 * Note, quit, roll back, and leaving by Ctrl-C.
 *
 * @param step Key of the step that it is asked about.
 */
export function commonKeys(ui: TerminalUi, step: string, signal: AbortSignal): CommonKeys {
  let warnedAt = Number.NEGATIVE_INFINITY;

  /** Whoever leaves the range of a guard is told once that nobody watches then. */
  function mayLeave(): boolean {
    const sure = performance.now() - warnedAt < sureWithin;
    warnedAt = performance.now();
    // a guard that has tripped watches no more
    return sure || ui.purpose === "approve" || ui.facts.trip !== undefined || !watched(ui, step);
  }

  const stayed = (): void => {
    warnedAt = Number.NEGATIVE_INFINITY;
  };

  return {
    stayed,
    message: () => (performance.now() - warnedAt < sureWithin ? leaveWords(ui, step) : undefined),
    async take(given) {
      if ("left" in given) {
        if (given.left === "ctrl-c" && !mayLeave()) return undefined;
        if (given.left === "ctrl-c") ui.leave("SIGINT");
        if (given.left === "gone") ui.leave("SIGHUP");
        return suspend;
      }
      if (given.key === "q") return mayLeave() ? { say: "stop" } : undefined;
      stayed();
      if (given.key === "n") {
        const text = await askTyped(ui, { say: ["A note, for the record. Esc: none."] }, signal);
        if (typeof text === "string") await ui.run?.note(text, step);
      }
      if (given.key === "b") {
        const word = await askTyped(ui, { say: [rollbackWords(ui, step)], expected: ["rollback"] }, signal);
        if (word === "rollback") return { say: "roll-back" };
      }
      return undefined;
    },
  };
}

/** Asks why; the reason is kept. Undefined: they went back. */
export async function askReason(ui: TerminalUi, say: string, signal: AbortSignal): Promise<string | undefined> {
  const reason = await askTyped(ui, { say: [say] }, signal);
  return typeof reason === "string" ? reason : undefined;
}

function watched({ facts }: TerminalUi, key: string): string | undefined {
  const guard = openGuard(facts, key);
  return guard && (guard.from?.number ?? guard.id);
}

function leaveWords(ui: TerminalUi, key: string): string {
  return `Leave? Then nobody watches, and what ran since ${watched(ui, key)} stays. Again within 5s leaves. Any other key stays.`;
}

function rollbackWords(ui: TerminalUi, key: string): string {
  const since = watched(ui, key);
  const { undone } = undoable(ui, key);
  const what =
    since === undefined ? `what ran (${undone.map(({ number }) => number).join(", ")})` : `what ran since ${since}`;
  return `To undo ${what}, type rollback and Enter. Esc: no.`;
}
