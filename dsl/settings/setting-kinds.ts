import { refOf, secretOf } from "../values/ref.ts";
import { describeValue } from "./describe-value.ts";

/** The name of a kind. */
export type SettingKindName =
  | "text"
  | "string"
  | "number"
  | "boolean"
  | "true"
  | "duration"
  | "function"
  | "pattern"
  | "object"
  | "list"
  | "texts"
  | "word"
  | "words"
  | "count"
  | "env"
  | "env-value"
  | "query"
  | "any";

/** What a setting may be given. */
export interface SettingKind {
  /** "must be ..." */
  readonly wanted: string;
  fits(value: unknown): boolean;
  /** What to write, where a setting's name does not tell it better; given what stood there. */
  write(value: unknown): string | undefined;
}

const isText = (value: unknown): boolean => typeof value === "string" || nodeOf(value) === "text";
const isFunction = (value: unknown): boolean => typeof value === "function";
const isReference = (value: unknown): boolean => refOf(value) !== undefined;
const isSecret = (value: unknown): boolean => secretOf(value) !== undefined;
const isEnvValue = (value: unknown): boolean => typeof value === "string" || isReference(value) || isSecret(value);
const isObject = (value: unknown): boolean => describeValue(value) === "an object";
const isRead = (value: unknown): boolean =>
  nodeOf(value) === "action" && (value as { readonly effect?: unknown }).effect === "read";

/** The kinds of settings, each with its test and its words: one table for all that authors write. */
export const settingKinds: Readonly<Record<SettingKindName, SettingKind>> = {
  text: { wanted: "text", fits: isText, write: quoted },
  string: { wanted: "text in quotes", fits: (value) => typeof value === "string", write: quoted },
  number: { wanted: "a number", fits: (value) => typeof value === "number", write: toNumber },
  boolean: { wanted: "true or false", fits: (value) => typeof value === "boolean", write: toBoolean },
  true: { wanted: "true, or left out", fits: (value) => value === true, write: () => "true" },
  duration: { wanted: "a length of time", fits: (value) => nodeOf(value) === "duration", write: inSeconds },
  function: { wanted: "a function", fits: isFunction, write: () => undefined },
  pattern: { wanted: "a pattern", fits: (value) => value instanceof RegExp, write: () => "/ created$/m" },
  object: { wanted: "an object", fits: isObject, write: () => undefined },
  list: { wanted: "a list", fits: Array.isArray, write: () => undefined },
  texts: { wanted: "a list of texts", fits: isListOf(isText), write: () => '["..."]' },
  word: { wanted: "text, or a value that is known later", fits: (v) => isText(v) || isReference(v), write: quoted },
  words: { wanted: "text, or a list of texts", fits: (v) => [v].flat().every(isText), write: quoted },
  count: {
    wanted: "a number, or one that is known later",
    fits: (value) => typeof value === "number" || isReference(value),
    write: toNumber,
  },
  env: {
    wanted: "variables by name, with texts, refs or secrets",
    fits: (value) => isObject(value) && Object.values(value as object).every(isEnvValue),
    write: (value) => (isObject(value) ? entriesAsText(value as object) : '{ PORT: "8080" }'),
  },
  "env-value": { wanted: "a text, a ref or a secret", fits: isEnvValue, write: quoted },
  query: { wanted: "an action that only looks", fits: isRead, write: () => "sh.read`...`" },
  /** Judged by a rule of its own. */
  any: { wanted: "given", fits: () => true, write: () => undefined },
};

/** `seconds(3)` for 3, `minutes(1)` for "1 minute". */
export function inSeconds(value: unknown): string {
  if (typeof value === "number") return `seconds(${value})`;
  const [, count, unit = "s"] = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(String(describable(value))) ?? [];
  if (count === undefined) return "seconds(30), or minutes(5)";
  if (/^m(?!s|illi)/i.test(unit)) return `minutes(${count})`;
  if (/^m/i.test(unit)) return `seconds(${Number(count) / 1000})`;
  return /^h/i.test(unit) ? `hours(${count})` : `seconds(${count})`;
}

function isListOf(fits: (value: unknown) => boolean): (value: unknown) => boolean {
  return (value) => Array.isArray(value) && value.every(fits);
}

function nodeOf(value: unknown): unknown {
  return typeof value === "object" && value !== null ? (value as { readonly node?: unknown }).node : undefined;
}

/** A ref refuses to become text. */
function describable(value: unknown): string | number {
  return typeof value === "string" || typeof value === "number" ? value : "";
}

function quoted(value: unknown): string {
  return typeof value === "number" || typeof value === "boolean" ? JSON.stringify(String(value)) : '"..."';
}

function toNumber(value: unknown): string | undefined {
  return typeof value === "string" && value.trim() !== "" && !Number.isNaN(Number(value)) ? value.trim() : undefined;
}

function toBoolean(value: unknown): string {
  return value === "false" || value === "no" || value === 0 ? "false" : "true";
}

function entriesAsText(values: object): string {
  const entries = Object.entries(values).map(([name, value]) =>
    isEnvValue(value) ? undefined : `${name}: ${quoted(value)}`,
  );
  return `{ ${entries.filter((entry) => entry !== undefined).join(", ")} }`;
}
