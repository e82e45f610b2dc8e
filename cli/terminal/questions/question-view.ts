import type { Answer, Question, suspend } from "../../../runners/questions/question.ts";
import type { RecordWriter } from "../session/record-writer.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";

/** A question of one kind. */
export type Asked<K extends Question["kind"]> = Extract<Question, { readonly kind: K }>;

/** Asks a person one kind of question, in the live region, until there is an answer. */
export type QuestionView<K extends Question["kind"]> = (
  ui: TerminalUi,
  question: Asked<K>,
  signal: AbortSignal,
  record: RecordWriter,
) => Promise<Answer | typeof suspend>;

/** One for every kind; a kind that is forgotten does not compile. */
export type QuestionViews = { readonly [K in Question["kind"]]: QuestionView<K> };
