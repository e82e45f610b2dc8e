import { code, type Span, type Spans } from "./span.ts";

const units = [
  ["hour", 3600],
  ["minute", 60],
  ["second", 1],
] as const;

/** "10 minutes", "1 hour 30 minutes". */
export function longDuration(seconds: number): string {
  return partsOf(seconds, (count, unit) => `${count} ${unit}${count === 1 ? "" : "s"}`).join(" ") || "0 seconds";
}

/** What stands behind "every": "second", "15 seconds". */
export function everyDuration(seconds: number): string {
  return longDuration(seconds).replace(/^1 (?=\w+$)/, "");
}

/** "10m", "1h30m": as a user types it. */
export function typedDuration(seconds: number): string {
  return partsOf(seconds, (count, unit) => `${count}${unit[0]}`).join("") || "0s";
}

/** "10 s", "2 min": beside other words. */
export function shortDuration(seconds: number): string {
  return (
    partsOf(seconds, (count, unit) => `${count} ${unit === "second" ? "s" : unit === "minute" ? "min" : "h"}`).join(
      " ",
    ) || "0 s"
  );
}

function partsOf(seconds: number, write: (count: number, unit: string) => string): string[] {
  let rest = seconds;
  return units.flatMap(([unit, length]) => {
    const count = unit === "second" ? Math.round(rest * 1000) / 1000 : Math.floor(rest / length);
    rest -= count * length;
    return count > 0 ? [write(count, unit)] : [];
  });
}

const small = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/** "five", and digits above twelve. */
export function countWord(count: number): string {
  return small[count] ?? String(count);
}

/** "a, b and c". */
export function wordList(words: readonly string[], last = "and"): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;
}

/** The first letter in lower case, unless the word is an acronym or a single capital ("API", "A/B"). */
export function lowerFirst(text: string): string {
  return /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}

export function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What an author wrote as words: text between backticks is code, all else is plain. */
export function proseSpans(text: string): Spans {
  return text
    .split(/(`[^`]+`)/)
    .filter((part) => part !== "")
    .map((part): Span => (/^`[^`]+`$/.test(part) ? code(part.slice(1, -1)) : part));
}

/** The words without the period at their end, to be followed by one or by a parenthesis. */
export function withoutPeriod(text: string): string {
  return text.trim().replace(/\.$/, "");
}
