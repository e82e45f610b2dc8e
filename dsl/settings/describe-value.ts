import { refOf, secretOf } from "../values/ref.ts";

/** What an author gave, in the words of an error: `3`, `"1 minute"`, `a list`, `a step`, `nothing`. */
export function describeValue(value: unknown): string {
  if (value === undefined || value === null) return "nothing";
  if (typeof value === "string") return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}...` : value);
  if (typeof value === "function") return "a function";
  if (typeof value !== "object") return String(value);
  if (refOf(value)) return "a value that is known only when it runs";
  if (secretOf(value)) return "a secret";
  if (Array.isArray(value)) return "a list";
  if (value instanceof RegExp) return `the pattern ${value}`;
  if (value instanceof Promise) return "a promise";
  const { node, block } = value as { readonly node?: unknown; readonly block?: unknown };
  const kind = block ?? node;
  return typeof kind === "string" ? (names[kind] ?? `a ${kind}`) : "an object";
}

const names: Readonly<Record<string, string>> = {
  action: "an action",
  alert: "an alert",
  include: "an include",
  prose: "a paragraph",
  quoted: "a quoted line",
  duration: "a length of time",
  quantity: "a number with a unit",
  response: "stop or rollback",
  undo: "an undo",
};
