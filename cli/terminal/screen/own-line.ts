/** Controls that no line may hold: all but ESC, which is looked at apart, and the bidirectional marks. */
const controls = /[\x00-\x08\x0b-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Escape sequences of any kind; the first alternative captures the colours that {@link Style} uses. */
const escapes =
  /(\x1b\[(?:[01237]|2[2379]|3[1-36-79])?m)|\x1b\[[0-?]*[ -/]*[@-~]|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)?|\x1b[ -/]*[0-~]?/g;

/**
 * A line of lockstep's own that can do nothing to a terminal but colour itself: the last net below `inertText`, for
 * text that a view forgot. A line break inside becomes a blank, so that one line stays one line.
 */
export function ownLine(text: string): string {
  const safe = text
    .replace(/[\r\n\t]+/g, " ")
    .replace(escapes, "$1")
    .replace(controls, "");
  return openColors(safe) === "" ? safe : `${safe}\x1b[0m`;
}

/** The colours of a text if one of them lasts beyond its end, else nothing. */
export function openColors(text: string): string {
  const colors = text.match(/\x1b\[\d*m/g) ?? [];
  return /^\x1b\[(?:0|2[2379]|39)?m$/.test(colors.at(-1) ?? "\x1b[m") ? "" : colors.join("");
}

/** The text without its colours. */
export function withoutColors(text: string): string {
  return text.replace(/\x1b\[\d*m/g, "");
}
