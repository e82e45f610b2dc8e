import type { ShellLikeAction } from "../../../dsl/actions/action.ts";
import { renderShellTemplate } from "../../../dsl/shell/render-shell-template.ts";
import type { ResolvedValue } from "../../../dsl/shell/shell-template.ts";
import type { CommandHole } from "../../../dsl/values/command.ts";
import { refName } from "../../../dsl/values/command.ts";

/** The characters of an action's command, with `<name>` where a value is not known. */
export function commandText({ command }: ShellLikeAction): string {
  return renderShellTemplate(command.template, resolve);
}

function resolve(hole: CommandHole): ResolvedValue {
  return "node" in hole ? { kind: "unknown", placeholder: `<${refName(hole)}>` } : { kind: "known", value: hole.value };
}
