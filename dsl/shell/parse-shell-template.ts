import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { checkValuePlaces, type HoleNature } from "./check-value-places.ts";
import { jsonParts } from "./json-parts.ts";
import { type ParsedShell, parseShell } from "./parse-shell.ts";
import { HOLE, holeOffsets } from "./shell-cursor.ts";
import type { HoleInput, HoleStand, ShellPart, ShellTemplate } from "./shell-template.ts";
import { holesOf, shellTextOf } from "./shell-text.ts";

interface ParseOptions {
  readonly at?: CallSite | undefined;
}

/** A part whose place is not known yet. */
interface LooseHole<H> {
  readonly nature: HoleNature;
  readonly name: string;
  readonly part: (stand: HoleStand) => ShellPart<H>;
}

/**
 * Reads the raw text of a tagged template with the values between its pieces. Only `` \` `` and `\${` lose their
 * backslash; all else is the shell's.
 *
 * @throws LockstepError `shell-value-place` for a value where none can stand, `shell-syntax` for text that bash would
 * not read, `shell-nul` for a NUL in it
 * @example
 * parseShellTemplate(["echo ", ""], [{ kind: "value", hole: "version", name: "version" }], {});
 */
export function parseShellTemplate<H>(
  raw: readonly string[],
  inputs: readonly HoleInput<H>[],
  options: ParseOptions,
): ShellTemplate<H> {
  const texts = raw.map((text) => text.replace(/\\(`|\$\{)/g, "$1"));
  if (texts.some((text) => text.includes(HOLE))) throw nulInText(options.at);
  checkSplices(texts, inputs, options);
  const names: string[] = [];
  const holes: LooseHole<H>[] = [];
  let text = texts[0] ?? "";
  for (const [index, input] of inputs.entries()) {
    const inner = input.kind === "splice" ? shellTextOf(input.template).text : HOLE;
    text += inner + (texts[index + 1] ?? "");
    holes.push(...(input.kind === "splice" ? holesOf(input.template).map(loosen) : [looseHole(input)]));
  }
  names.push(...holes.map(({ name }) => name));
  const parsed = parseShell({ text, names, at: options.at });
  checkValuePlaces(parsed, text, holes, options.at);
  return assemble(text, holes, parsed);
}

function looseHole<H>(input: Exclude<HoleInput<H>, { kind: "splice" }>): LooseHole<H> {
  if (input.kind === "script")
    return {
      nature: "script",
      name: "script(...)",
      part: (stand) => Object.freeze({ script: input.template, ...stand }),
    };
  if (input.kind === "json") {
    const json = jsonParts(input);
    return { nature: "value", name: "json(...)", part: (stand) => Object.freeze({ json, ...stand }) };
  }
  const nature = input.list ? "list" : "value";
  return { nature, name: excerpt(input.name), part: (stand) => Object.freeze({ hole: input.hole, ...stand }) };
}

/** A hole of a template that is inserted: where it stands is found again in the text around it. */
function loosen<H>(part: Exclude<ShellPart<H>, string>): LooseHole<H> {
  if ("script" in part) return looseHole({ kind: "script", template: part.script });
  if ("json" in part)
    return { nature: "value", name: "json(...)", part: (stand) => Object.freeze({ json: part.json, ...stand }) };
  return looseHole({ kind: "value", hole: part.hole, name: "a value of the inserted command" });
}

function assemble<H>(text: string, holes: readonly LooseHole<H>[], parsed: ParsedShell): ShellTemplate<H> {
  const parts: ShellPart<H>[] = [];
  let end = 0;
  for (const [index, offset] of holeOffsets(text).entries()) {
    const hole = holes[index];
    const stand = parsed.stands.get(offset);
    if (!hole || !stand) throw new Error(`the hole at ${offset} was never read`);
    if (offset > end) parts.push(text.slice(end, offset));
    parts.push(hole.part(stand));
    end = offset + 1;
  }
  if (end < text.length) parts.push(text.slice(end));
  return Object.freeze({ parts: Object.freeze(parts) });
}

/** An inserted command stands between blanks, outside of quotes, and leaves nothing open. */
function checkSplices<H>(texts: readonly string[], inputs: readonly HoleInput<H>[], { at }: ParseOptions): void {
  if (!inputs.some(({ kind }) => kind === "splice")) return;
  const text = texts.join(HOLE);
  const names = inputs.map((input) =>
    input.kind === "splice" ? "splice(...)" : input.kind === "value" ? input.name : input.kind,
  );
  const { stands } = parseShell({ text, names, at });
  for (const [index, offset] of holeOffsets(text).entries()) {
    const input = inputs[index];
    if (input?.kind !== "splice") continue;
    const next = text.charAt(offset + 1);
    if (stands.get(offset)?.place !== "word" || "<>".includes(next || " "))
      throw spliceError("stands inside a word or in quotes", at);
    if (parseShell(shellTextOf(input.template)).endsLine && next !== "" && next !== "\n")
      throw spliceError("ends in a comment or a heredoc, and the line goes on behind it", at);
  }
}

function spliceError(what: string, at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-value-place",
    message: `splice(...) ${what}`,
    hint: "put blanks around it, outside of quotes; for a command as one argument there is script(...)",
    at,
  });
}

function nulInText(at: CallSite | undefined): LockstepError {
  return new LockstepError({
    code: "shell-nul",
    message: "the text of a command holds a NUL character",
    hint: "no command can hold one; printf '\\0' writes it",
    at,
  });
}

function excerpt(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}...` : name === "" ? "an empty string" : name;
}
