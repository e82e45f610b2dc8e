import { parseShellTemplate } from "../../dsl/shell/parse-shell-template.ts";
import { renderShellTemplate } from "../../dsl/shell/render-shell-template.ts";
import type { HoleInput, ResolvedValue, ShellTemplate, ShellValue } from "../../dsl/shell/shell-template.ts";

/** A value that is not known yet. */
export interface Later {
  readonly later: string;
}

export type PlainHole = ShellValue | Later;
export type PlainInput = PlainHole | Exclude<HoleInput<PlainHole>, { kind: "value" }>;

/** A shell template whose holes are the values themselves. */
export function plain(strings: TemplateStringsArray, ...values: readonly PlainInput[]): ShellTemplate<PlainHole> {
  return parseShellTemplate(strings.raw, values.map(plainInput), {});
}

export function later(name: string): Later {
  return { later: `<${name}>` };
}

export function script(template: ShellTemplate<PlainHole>): HoleInput<PlainHole> & { kind: "script" } {
  return { kind: "script", template };
}

export function splice(template: ShellTemplate<PlainHole>): HoleInput<PlainHole> & { kind: "splice" } {
  return { kind: "splice", template };
}

/** A document in which `{ later }` is a value, and `{ text: [...] }` a string with holes. */
export function json(document: unknown): HoleInput<PlainHole> & { kind: "json" } {
  const holeOf = (value: unknown): PlainHole | undefined => (isLater(value) ? value : undefined);
  return { kind: "json", document, holeOf, textOf: (value) => (hasText(value) ? value.text : undefined) };
}

export function render(template: ShellTemplate<PlainHole>): string {
  return renderShellTemplate(template, resolvePlain);
}

export function resolvePlain(hole: PlainHole): ResolvedValue {
  return isLater(hole) ? { kind: "unknown", placeholder: hole.later } : { kind: "known", value: hole };
}

export function plainInput(value: PlainInput): HoleInput<PlainHole> {
  if (typeof value === "object" && "kind" in value) return value;
  return { kind: "value", hole: value, list: Array.isArray(value), name: isLater(value) ? value.later : String(value) };
}

function isLater(value: unknown): value is Later {
  return typeof value === "object" && value !== null && "later" in value;
}

function hasText(value: unknown): value is { readonly text: readonly (string | { readonly hole: PlainHole })[] } {
  return typeof value === "object" && value !== null && "text" in value;
}
