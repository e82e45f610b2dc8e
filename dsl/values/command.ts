import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { HoleInput, ShellTemplate } from "../shell/shell-template.ts";
import { type PlainValue, type RefNode, refOf, secretOf, type WritableRef } from "./ref.ts";
import type { TextNode } from "./text.ts";

/** What a hole of an authored command holds: a value that is known, or a ref. */
export type CommandHole = { readonly value: PlainValue } | RefNode;

/** The text of a command, with holes where values go. */
export interface CommandNode {
  readonly node: "command";
  readonly template: ShellTemplate<CommandHole>;
  readonly at: CallSite;
}

/** Another piece of shell, inserted at a word boundary. */
export interface SpliceNode {
  readonly node: "splice";
  readonly command: CommandNode;
}

/** A piece of shell, rendered and quoted as one word. */
export interface ScriptNode {
  readonly node: "script";
  readonly command: CommandNode;
}

/** What `json(...)` takes: a JSON document, in which refs and texts may stand. A secret may not. */
export type JsonDocument =
  | PlainValue
  | null
  | undefined
  | WritableRef
  | TextNode
  | readonly JsonDocument[]
  | { readonly [key: string]: JsonDocument };

/** A JSON document, encoded before the shell sees it. Refs may stand anywhere in it. */
export interface JsonNode {
  readonly node: "json";
  readonly document: unknown;
}

/** What may stand in `` sh`...${here}...` ``. A secret may not: give it by `env` or `stdin`. */
export type CommandValue = PlainValue | WritableRef | SpliceNode | ScriptNode | JsonNode;

/**
 * How `value` enters a shell template; loose arguments become holes here and nowhere else.
 *
 * @param before The characters before it, for messages.
 */
export function parseCommandValue(value: CommandValue, at: CallSite, before = ""): HoleInput<CommandHole> {
  const secret = secretOf(value);
  if (secret) throw secretInCommand(secret.name, at);
  const ref = refOf(value);
  if (ref) return { kind: "value", hole: ref, name: refName(ref) };
  const node = value as SpliceNode | ScriptNode | JsonNode | PlainValue;
  if (node === undefined || node === null) throw nothingInCommand(before, at);
  if (typeof node === "object" && "node" in node) {
    if (node.node === "splice") return { kind: "splice", template: node.command.template };
    if (node.node === "script") return { kind: "script", template: node.command.template };
    if (node.node !== "json") throw objectInCommand(node, before, at);
    return { kind: "json", document: node.document, holeOf: jsonHole, textOf: jsonText };
  }
  if ([node].flat().some((item) => typeof item === "string" && item.includes("\0"))) throw nulInValue(at);
  if (isPlainValue(node))
    return { kind: "value", hole: { value: node }, list: Array.isArray(node), name: String(node) };
  throw objectInCommand(node, before, at);
}

function objectInCommand(value: unknown, before: string, at: CallSite): LockstepError {
  const said = describeValue(value);
  return new LockstepError({
    code: "bad-action",
    message: `${said}${behind(before)} cannot stand in a command`,
    hint:
      said === "an action"
        ? "Insert another command by splice(...), or as one word by script(...)"
        : "A command takes strings, numbers, booleans, arrays of them, refs, splice(), script() and json()",
    at,
  });
}

/** A property that was mistyped is undefined. */
function nothingInCommand(before: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-action",
    message: `the value${behind(before)} is nothing (undefined or null)`,
    hint: "See whether the name between ${ and } is mistyped",
    at,
  });
}

function behind(before: string): string {
  const words = before.trim().split("\n").at(-1) ?? "";
  return words === "" ? "" : ` behind \`${words.length > 40 ? `...${words.slice(-40)}` : words}\``;
}

function jsonHole(value: unknown): CommandHole | undefined {
  return refOf(value);
}

/** Words with values in them become one JSON string. */
function jsonText(value: unknown): readonly (string | { readonly hole: CommandHole })[] | undefined {
  if (typeof value !== "object" || value === null || (value as TextNode).node !== "text") return undefined;
  return (value as TextNode).parts.map((part) => (typeof part === "string" ? part : { hole: part }));
}

/** What a person calls the value of a ref. */
export function refName(ref: RefNode): string {
  if (ref.source.from === "constant") return String(ref.source.value);
  return ref.source.from === "param" ? ref.source.name : ref.source.output;
}

function isPlainValue(value: unknown): value is PlainValue {
  if (Array.isArray(value)) return value.every((item) => !Array.isArray(item) && isPlainValue(item));
  return ["string", "number", "boolean"].includes(typeof value);
}

function nulInValue(at: CallSite): LockstepError {
  return new LockstepError({
    code: "shell-nul",
    message: "a value holds a NUL character, which no argument of a command can",
    hint: "Give binary data by a file or by stdin",
    at,
  });
}

function secretInCommand(name: string, at: CallSite): LockstepError {
  return new LockstepError({
    code: "secret-in-text",
    message: `the secret ${name} cannot stand in a command, which everybody on the machine can read`,
    hint: `Give it to the step: { env: { ${name.toUpperCase()}: p.${name} } }, and read "$${name.toUpperCase()}" there`,
    at,
  });
}
