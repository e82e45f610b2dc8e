import type { Answer, suspend } from "../../../runners/questions/question.ts";
import { askMenu, type MenuEntry, type MenuOptions } from "../session/menu.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { askReason, type CommonKeys, commonKeys } from "./anytime-answers.ts";

/** One key of a question, and what it answers. */
export interface AnswerEntry<T = Answer> extends MenuEntry {
  /** Undefined: something was looked at, or they went back. Left out: it means what it means at every question. */
  readonly answer?: () => T | undefined | Promise<T | undefined>;
}

/** What a question shows; asked for anew each time, since what ran meanwhile changes the keys. */
export interface AnswerMenu<T> extends Omit<MenuOptions, "entries"> {
  readonly entries: readonly AnswerEntry<T>[];
}

/**
 * Shows the menu of a question until one of its keys answers it. Note, roll back, quit and Ctrl-C are answered here, the
 * same at every question.
 *
 * @param step Key of the step that it is asked about.
 * @param common Where a typed line of the same question has them too.
 */
export async function askAnswer<T = Answer>(
  ui: TerminalUi,
  step: string,
  signal: AbortSignal,
  menu: () => AnswerMenu<T>,
  common: CommonKeys = commonKeys(ui, step, signal),
): Promise<T | Answer | typeof suspend> {
  for (;;) {
    const { message, ...all } = menu();
    // a note is for the record of a run that is held here
    const entries = ui.purpose === "approve" ? all.entries.filter(({ key }) => key !== "n") : all.entries;
    const options = { ...all, entries };
    const given = await askMenu(ui, { ...options, message: common.message() ?? message }, signal);
    const own = "key" in given ? options.entries.find(({ key }) => key === given.key)?.answer : undefined;
    const answer = own ? await own() : await common.take(given);
    if (own) common.stayed();
    if (answer !== undefined) return answer;
  }
}

/** An answer that needs a reason, which is kept. */
export function because<T = Answer>(
  ui: TerminalUi,
  signal: AbortSignal,
  why: string,
  answer: (reason: string) => T,
): () => Promise<T | undefined> {
  return async () => {
    const reason = await askReason(ui, why, signal);
    return reason === undefined ? undefined : answer(reason);
  };
}
