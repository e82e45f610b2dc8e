import type { HoleStand } from "./shell-template.ts";

/**
 * Writes one value for where it stands, behind the text `before`.
 *
 * A `^` that begins a line is kept from it by `\^`: an interactive bash changes a pasted line that begins with `^`,
 * even inside quotes. It also looks for `!` in its history, and its idea of what is quoted is not that of its parser:
 * behind a double quote it loses count (in `"$(...)"`, by a `<(` in quotes, on a second line). What it never expands,
 * wherever it takes itself to be, is `\!`.
 */
export function quoteFor(stand: HoleStand, value: string, before: string): string {
  const text = wellFormed(value);
  const isLineStart = before === "" || before.endsWith("\n");
  const guardsHistory = before.includes('"');
  if (stand.place === "single") return quoteInSingle(text, { isLineStart, guardsHistory });
  if (stand.place === "double") return (stand.beside === "joined" ? '""' : "") + quoteInDouble(text, isLineStart);
  if (text === "") return emptyFor(stand);
  if (isBare(text) && !needsQuotes(stand, text)) return text;
  return `'${quoteInSingle(text, { isLineStart: false, guardsHistory })}'`;
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

function quoteInSingle(text: string, place: { isLineStart: boolean; guardsHistory: boolean }): string {
  const inner = text.replace(place.guardsHistory ? /['!]/g : /'/g, "'\\$&'");
  return guardCarets(inner, "'", place.isLineStart);
}

function quoteInDouble(text: string, isLineStart: boolean): string {
  return guardCarets(text.replace(/[\\"$`]/g, "\\$&").replaceAll("!", `"\\!"`), '"', isLineStart);
}

function guardCarets(text: string, quote: string, isLineStart: boolean): string {
  const inner = text.replaceAll("\n^", `\n${quote}\\^${quote}`);
  return isLineStart && inner.startsWith("^") ? `${quote}\\^${quote}${inner.slice(1)}` : inner;
}

/** Half a surrogate pair cannot be written as UTF-8; Node writes U+FFFD for it, and so does the page. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
