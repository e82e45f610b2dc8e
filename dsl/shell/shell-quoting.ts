import type { HoleStand } from "./shell-template.ts";

/**
 * Writes one value for where it stands. `isLineStart` says that a new line of text begins with it.
 *
 * A `^` that begins a line is kept from it by `\^`: an interactive bash changes a pasted line that begins with `^`,
 * even inside quotes.
 */
export function quoteFor(stand: HoleStand, value: string, isLineStart: boolean): string {
  const text = wellFormed(value);
  if (stand.place === "single") return quoteInSingle(text, isLineStart);
  if (stand.place === "double") return (stand.beside === "joined" ? '""' : "") + quoteInDouble(text, isLineStart);
  if (text === "") return emptyFor(stand);
  return isBare(text) && !needsQuotes(stand, text) ? text : `'${quoteInSingle(text, false)}'`;
}

/** zsh takes a `=` that begins a word, or follows a colon in an assignment, for the path of a command. */
function isBare(text: string): boolean {
  return /^[A-Za-z0-9_@%+:,./=-]+$/.test(text) && !/(?:^|:)=/.test(text);
}

/** bash expands a tilde behind `:` and `=` in what looks like an assignment. */
function needsQuotes({ beside }: HoleStand, text: string): boolean {
  return beside === "joined" || (beside === "before-sign" && /[:=]$/.test(text));
}

/** zsh expands `''~root` and `''=ls` as if the quotes were not there. */
function emptyFor({ place, beside }: HoleStand): string {
  if (beside === "before-sign") return "\\";
  return place === "word" || beside !== undefined ? "''" : "";
}

function quoteInSingle(text: string, isLineStart: boolean): string {
  return guardCarets(text.replaceAll("'", "'\\''"), "'", isLineStart);
}

/** `!` leaves the quotes, since an interactive shell would look for it in its history. */
function quoteInDouble(text: string, isLineStart: boolean): string {
  return guardCarets(text.replace(/[\\"$`]/g, "\\$&").replaceAll("!", `"'!'"`), '"', isLineStart);
}

function guardCarets(text: string, quote: string, isLineStart: boolean): string {
  const inner = text.replaceAll("\n^", `\n${quote}\\^${quote}`);
  return isLineStart && inner.startsWith("^") ? `${quote}\\^${quote}${inner.slice(1)}` : inner;
}

/** Half a surrogate pair cannot be written as UTF-8; Node writes U+FFFD for it, and so does the page. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
