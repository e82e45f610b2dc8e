import { quoteFor } from "./shell-quoting.ts";

/**
 * Writes a value as one whole shell word: bare if its characters mean nothing to a shell, else in single quotes.
 *
 * @example
 * quoteWord("v1.2.3"); // v1.2.3
 * quoteWord("it's"); // 'it'\''s'
 */
export function quoteWord(value: string): string {
  return quoteFor({ place: "word" }, value, " ");
}
