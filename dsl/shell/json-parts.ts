import type { JsonInput, JsonPart } from "./shell-template.ts";

/** Encodes a document as JSON, with a hole for each value that is known later. */
export function jsonParts<H>(input: Pick<JsonInput<H>, "document" | "holeOf" | "textOf">): readonly JsonPart<H>[] {
  const parts: JsonPart<H>[] = [];
  writeValue(input.document, input, parts);
  return Object.freeze(joinStrings(parts));
}

function writeValue<H>(value: unknown, input: Pick<JsonInput<H>, "holeOf" | "textOf">, parts: JsonPart<H>[]): void {
  const hole = input.holeOf(value);
  const text = hole === undefined ? input.textOf?.(value) : undefined;
  if (hole !== undefined) parts.push(Object.freeze({ hole, as: "value" as const }));
  else if (text !== undefined) writeText(text, parts);
  else if (Array.isArray(value)) writeItems(value, "[]", (item) => writeValue(item, input, parts), parts);
  else if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    const writeEntry = ([key, item]: readonly [string, unknown]): void => {
      parts.push(`${JSON.stringify(key)}:`);
      writeValue(item, input, parts);
    };
    writeItems(entries, "{}", writeEntry, parts);
  } else parts.push(JSON.stringify(value) ?? "null");
}

/** Text with holes becomes one JSON string. */
function writeText<H>(text: readonly (string | { readonly hole: H })[], parts: JsonPart<H>[]): void {
  parts.push('"');
  for (const piece of text) {
    if (typeof piece === "string") parts.push(JSON.stringify(piece).slice(1, -1));
    else parts.push(Object.freeze({ hole: piece.hole, as: "text" as const }));
  }
  parts.push('"');
}

function writeItems<T, H>(items: readonly T[], brackets: string, write: (item: T) => void, parts: JsonPart<H>[]): void {
  parts.push(brackets.charAt(0));
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(",");
    write(item);
  }
  parts.push(brackets.charAt(1));
}

/** A date and the like say themselves how they are written. */
function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !("toJSON" in value);
}

function joinStrings<H>(parts: readonly JsonPart<H>[]): JsonPart<H>[] {
  const joined: JsonPart<H>[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === "string" && typeof last === "string") joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined;
}
