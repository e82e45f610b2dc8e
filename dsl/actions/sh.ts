import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { parseShellTemplate } from "../shell/parse-shell-template.ts";
import {
  type CommandNode,
  type CommandValue,
  type JsonDocument,
  type JsonNode,
  parseCommandValue,
  type ScriptNode,
  type SpliceNode,
} from "../values/command.ts";
import type { ShellAction, ShellLikeAction } from "./action.ts";
import type { Effect } from "./effect.ts";

type ShellTag<E extends Effect> = (strings: TemplateStringsArray, ...values: readonly CommandValue[]) => ShellAction<E>;

/**
 * A shell command: bash runs exactly the characters that the page shows. The text is raw; a value is quoted for
 * where it stands. A write, unless it says otherwise: `sh.read` looks only, `sh.destructive` takes something away.
 *
 * @example
 * step("build", "Build", sh`make build VERSION=${p.version}`, { undo: notNeeded("nothing that runs is changed") });
 */
export const sh: ShellTag<"write"> & {
  readonly read: ShellTag<"read">;
  readonly destructive: ShellTag<"destructive">;
} = Object.assign(tag("write"), { read: tag("read"), destructive: tag("destructive") });

/** Inserts another piece of shell at a word boundary. */
export function splice(inner: ShellLikeAction): SpliceNode {
  return Object.freeze({ node: "splice", command: inner.command });
}

/** Another piece of shell as one quoted word, for `bash -c`, `watch`, `ssh` and the like. */
export function script(inner: ShellLikeAction): ScriptNode {
  return Object.freeze({ node: "script", command: inner.command });
}

/** A document, encoded as JSON and then quoted as one word; refs may stand in it. */
export function json(document: JsonDocument): JsonNode {
  return Object.freeze({ node: "json", document });
}

/** The command of a tagged template. */
export function createCommand(strings: readonly string[], values: readonly CommandValue[], at: CallSite): CommandNode {
  const holes = values.map((value, index) => parseCommandValue(value, at, strings[index]));
  return Object.freeze({ node: "command", template: parseShellTemplate(strings, holes, { at }), at });
}

function tag<E extends Effect>(effect: E): ShellTag<E> {
  const action: ShellTag<E> = (strings, ...values) => {
    const at = captureCallSite(action);
    return Object.freeze({
      node: "action",
      kind: "shell",
      effect,
      command: createCommand(strings.raw, values, at),
      at,
    });
  };
  return action;
}
