import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { quoteFor } from "./shell-quoting.ts";
import type { HoleStand, JsonPart, ResolvedValue, ShellPart, ShellTemplate, ShellValue } from "./shell-template.ts";

type Resolve<H> = (hole: H) => ResolvedValue;

/**
 * The text of a command: each value written for where it stands, so that it reaches the command as exactly the
 * argument, or the part of one, that it is. What is not known yet shows as its placeholder, without any quoting.
 *
 * @throws LockstepError `shell-nul` for a value with a NUL in it, `shell-value-place` for an array that is not
 * whole words
 * @example
 * renderShellTemplate(template, (name) => ({ kind: "known", value: values[name] }));
 */
export function renderShellTemplate<H>(
  template: ShellTemplate<H>,
  resolve: Resolve<H>,
  options: { readonly at?: CallSite | undefined } = {},
): string {
  return template.parts.reduce<string>((text, part) => writePart(text, part, resolve, options.at), "");
}

function writePart<H>(text: string, part: ShellPart<H>, resolve: Resolve<H>, at: CallSite | undefined): string {
  if (typeof part === "string") return text + part;
  if ("script" in part) return writeValue(text, part, renderShellTemplate(part.script, resolve, { at }), at);
  if ("json" in part) return writeValue(text, part, part.json.map((piece) => jsonText(piece, resolve)).join(""), at);
  const resolved = resolve(part.hole);
  return resolved.kind === "unknown" ? text + resolved.placeholder : writeValue(text, part, resolved.value, at);
}

function writeValue(text: string, stand: HoleStand, value: ShellValue, at: CallSite | undefined): string {
  if (!isList(value)) return text + writeScalar(text, stand, value, at);
  if (stand.place !== "word") throw listPlaceError(text, at);
  if (value.length === 0) return withoutTrailingBlanks(text);
  return text + value.map((item) => writeScalar(text, stand, item, at)).join(" ");
}

function writeScalar(
  text: string,
  stand: HoleStand,
  value: string | number | boolean,
  at: CallSite | undefined,
): string {
  const written = String(value);
  if (written.includes("\0")) throw nulError(text, at);
  return quoteFor(stand, written, text);
}

function jsonText<H>(piece: JsonPart<H>, resolve: Resolve<H>): string {
  if (typeof piece === "string") return piece;
  const resolved = resolve(piece.hole);
  // in its quotes, so that what stands on the page is JSON too
  if (resolved.kind === "unknown")
    return piece.as === "value" ? JSON.stringify(resolved.placeholder) : resolved.placeholder;
  if (piece.as === "value") return JSON.stringify(resolved.value);
  return JSON.stringify(String(resolved.value)).slice(1, -1);
}

/** No word: the blank before it goes too, and a line that was continued only for it ends. */
function withoutTrailingBlanks(text: string): string {
  return text.replace(/(?:[ \t]|\\\n)+$/, "");
}

function isList(value: ShellValue): value is readonly (string | number | boolean)[] {
  return Array.isArray(value);
}

function listPlaceError(text: string, at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-value-place",
    message: `an array stands where only one word can, behind: ${lastWords(text)}`,
    hint: "an array is several words: put blanks around it, outside of quotes, or join it to one string",
    at,
  });
}

function nulError(text: string, at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-nul",
    message: `a value holds a NUL character, which no argument can, behind: ${lastWords(text)}`,
    hint: "give binary data by a file or by stdin",
    at,
  });
}

function lastWords(text: string): string {
  return text.split("\n").at(-1)?.slice(-60).trimStart() ?? "";
}
