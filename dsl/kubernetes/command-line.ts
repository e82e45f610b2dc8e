import type { ShellAction } from "../actions/action.ts";
import { createCommand, json, splice } from "../actions/sh.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { CommandNode, CommandValue, JsonDocument } from "../values/command.ts";
import { createHandle, type PlainValue, type Ref } from "../values/ref.ts";
import type { TextNode } from "../values/text.ts";

/** One word of a command line: plain, a value that is known later, or both by `` text`deployment/${name}` ``. */
export type KubectlWord = string | Ref<string> | TextNode;

/** Collects a command line from left to right; every value is quoted for where it stands. */
export interface CommandLine {
  /** Adds characters as they are. */
  raw(characters: string): CommandLine;
  /** Adds a value directly behind what stands there. */
  value(value: KubectlWord | PlainValue | Ref<PlainValue>): CommandLine;
  /** Adds a document, as one word of JSON. */
  json(document: JsonDocument): CommandLine;
  /** Adds another command's words. */
  command(inner: ShellAction): CommandLine;
  end(at: CallSite): CommandNode;
}

/** Begins a command line: `createCommandLine("kubectl get").raw(" -n ").value(namespace)`. */
export function createCommandLine(start: string): CommandLine {
  const strings = [start];
  const values: CommandValue[] = [];
  const add = (value: CommandValue): void => {
    values.push(value);
    strings.push("");
  };
  const line: CommandLine = {
    raw: (characters) => {
      strings[strings.length - 1] += characters;
      return line;
    },
    value: (value) => {
      if (isText(value)) for (const part of value.parts) add(typeof part === "string" ? part : refHandle(part));
      else add(value);
      return line;
    },
    json: (document) => {
      add(json(document));
      return line;
    },
    command: (inner) => {
      add(splice(inner));
      return line;
    },
    end: (at) => createCommand(strings, values, at),
  };
  return line;
}

function isText(value: unknown): value is TextNode {
  return typeof value === "object" && value !== null && (value as { node?: string }).node === "text";
}

function refHandle(part: Exclude<TextNode["parts"][number], string>): Ref<PlainValue> {
  return createHandle(part) as unknown as Ref<PlainValue>;
}
