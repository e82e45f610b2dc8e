/**
 * Where a value stands in a command, which decides how it is written.
 *
 * - `word`: a whole word outside of quotes; the only place where an array may stand
 * - `in-word`: outside of quotes, a part of a word, or a word that must be exactly one (the target of a redirection)
 * - `single`: inside `'...'`
 * - `double`: inside `"..."`
 */
export type HolePlace = "word" | "in-word" | "single" | "double";

/** How a hole stands in the text around it. */
export interface HoleStand {
  readonly place: HolePlace;
  /**
   * - `word-start`: the word goes on after it, so an empty value leaves `''`
   * - `before-sign`: a `=` or `~` comes next, which an empty value keeps by a backslash from beginning the word
   * - `joined`: bare characters would join what stands beside it (`$HOME${x}`, `${n}>file`), so it has quotes of its own
   */
  readonly beside?: "word-start" | "before-sign" | "joined";
}

/** A place for one value. `H` says which; it is plain JSON in a plan. */
export interface ShellHole<H> extends HoleStand {
  readonly hole: H;
}

/** Another command, rendered and then written as one value: an argument of `bash -c`, `watch`, `ssh`. */
export interface ShellScript<H> extends HoleStand {
  readonly script: ShellTemplate<H>;
}

/** A JSON document, encoded and then written as one value. */
export interface ShellJson<H> extends HoleStand {
  readonly json: readonly JsonPart<H>[];
}

/** A piece of JSON text; a hole `as` a whole value (`3`, `"a"`) or as text inside a JSON string. */
export type JsonPart<H> = string | { readonly hole: H; readonly as: "value" | "text" };

/** A piece of a command: text as it is, or a place for a value. */
export type ShellPart<H> = string | ShellHole<H> | ShellScript<H> | ShellJson<H>;

/** The text of a command with places for values: plain frozen data, JSON as far as `H` is. */
export interface ShellTemplate<H> {
  readonly parts: readonly ShellPart<H>[];
}

/** What an author put into `` sh`...${here}...` ``. `name` is what an error calls the value. */
export type HoleInput<H> =
  | { readonly kind: "value"; readonly hole: H; readonly list?: boolean; readonly name: string }
  | { readonly kind: "splice"; readonly template: ShellTemplate<H> }
  | { readonly kind: "script"; readonly template: ShellTemplate<H> }
  | JsonInput<H>;

/** A document to encode as JSON, in which values that are known later may stand. */
export interface JsonInput<H> {
  readonly kind: "json";
  readonly document: unknown;
  /** The hole that a value of the document is, or undefined if it is plain JSON. */
  readonly holeOf: (value: unknown) => H | undefined;
  /** The pieces of a string with holes in it, or undefined if the value is none. */
  readonly textOf?: (value: unknown) => readonly (string | { readonly hole: H })[] | undefined;
}

/** A scalar or a list of them, as a shell argument takes it. */
export type ShellValue = string | number | boolean | readonly (string | number | boolean)[];

/** The value of a hole, or the text that stands for one that is not known yet (`<version>`). */
export type ResolvedValue =
  | { readonly kind: "known"; readonly value: ShellValue }
  | { readonly kind: "unknown"; readonly placeholder: string };
