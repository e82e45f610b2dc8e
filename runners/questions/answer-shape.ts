import type { Answer } from "./question.ts";

type Fields = Readonly<Record<string, (value: unknown) => boolean>>;

const isText = (value: unknown): boolean => typeof value === "string";
const isMaybeText = (value: unknown): boolean => value === undefined || isText(value);
const isItems = (value: unknown): boolean => Array.isArray(value) && value.every(Number.isInteger);
const isAnswers = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(isText);

/** What each answer must hold; an answer from an inbox may be anything. */
const fields: Readonly<Record<Answer["say"], Fields>> = {
  approve: { digest: isText, signature: isMaybeText },
  tick: { items: isItems, signature: isMaybeText },
  done: { asks: isAnswers, signature: isMaybeText },
  run: {},
  "run-to-end": {},
  retry: {},
  skip: { reason: isText },
  overrule: { reason: isText, items: (value) => value === undefined || isItems(value), signature: isMaybeText },
  there: { how: isText, outputs: (value) => value === undefined || isAnswers(value) },
  missing: { how: isText },
  partly: { how: isText },
  arm: { reason: isText },
  leave: { reason: isText },
  undo: { reason: isText },
  accept: { again: (value) => value === undefined || (Array.isArray(value) && value.every(isText)) },
  keep: {},
  again: {},
  "roll-back": {},
  refuse: { reason: isText },
  seen: {},
  stop: {},
};

/** The answer that a value is, whole; undefined if it is none. */
export function parseAnswer(value: unknown): Answer | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { say } = value as { readonly say?: unknown };
  if (typeof say !== "string" || !Object.hasOwn(fields, say)) return undefined;
  const wanted = fields[say as Answer["say"]];
  const whole = Object.entries(wanted).every(([name, fits]) => fits((value as Record<string, unknown>)[name]));
  return whole ? (value as Answer) : undefined;
}
