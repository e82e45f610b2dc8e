import { sha256 } from "../journal/journal-line.ts";

/** What steps' ids have besides letters, as characters that need no quotes in a shell. */
const signs: Readonly<Record<string, string>> = { "/": "+", ":": "=", "[": "@", "]": "~" };

/** Leaves room for the attempt's number in the 255 bytes of a file name. */
const longest = 200;

/**
 * The name of an attempt's folder: readable, a single name, and never the same for two attempts, not even where
 * upper and lower case are one.
 *
 * @example
 * attemptFolderName("rollback/undo-image", 2); // "rollback+undo-image.2"
 * attemptFolderName("id[2]", 1); // "id@2~.1"
 */
export function attemptFolderName(step: string, attempt: number): string {
  if (step === "") throw new RangeError("a step has an id");
  if (!Number.isSafeInteger(attempt) || attempt < 1) throw new RangeError(`attempts count from 1, not ${attempt}`);
  const name = step.replace(/[^a-z0-9-]/gu, (sign) => signs[sign] ?? escapeSign(sign));
  return `${name.length > longest ? shorten(name, step) : name}.${attempt}`;
}

function escapeSign(sign: string): string {
  // code units, not UTF-8: half a surrogate pair stays different from another half
  return [...Array(sign.length).keys()].map((i) => `_${sign.charCodeAt(i).toString(16).padStart(4, "0")}`).join("");
}

/** No escape is `_h`, so a shortened name is never another step's whole one. */
function shorten(name: string, step: string): string {
  return `${name.slice(0, longest - 70)}_h${sha256(Buffer.from(step, "utf16le"))}`;
}
