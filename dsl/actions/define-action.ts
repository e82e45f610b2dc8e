import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import type { CustomAction, ShellLikeAction } from "./action.ts";
import type { CodeFunction } from "./code.ts";
import type { Effect } from "./effect.ts";

/** A kind of action of a third party: calling it makes an action. */
export type CustomActionKind<A = never, E extends Effect = Effect> = (args: A) => CustomAction<E>;

/** An action kind, as a project defines it. */
export interface ActionDefinition<A, E extends Effect> {
  /** With a dot, so that it never meets a kind of lockstep's own: `acme.notify`. */
  readonly name: string;
  readonly effect: E;
  /** What a person would type; its effect is at most that of the kind. */
  readonly command: (args: A) => ShellLikeAction;
  /** Runs in lockstep's own process instead of the command. */
  readonly run?: (args: A) => CodeFunction;
}

const actionSettings = defineSettings<ActionDefinition<never, Effect>>({
  name: "string!",
  effect: "string!",
  command: "function!",
  run: "function",
});

/**
 * Adds an action kind without a fork: how its command reads, and, if bash does not run that, what runs instead. A
 * runbook imports it from the module that defines it.
 *
 * @example
 * export const notify = defineAction({
 *   name: "acme.notify", effect: "write",
 *   command: ({ channel }: { channel: string }) => sh`acme notify ${channel}`,
 * });
 * step("tell", "Tell the team", notify({ channel: "releases" }), { undo: notNeeded("a message harms nothing") });
 */
export function defineAction<A, const E extends Effect>(definition: ActionDefinition<A, E>): CustomActionKind<A, E> {
  const at = captureCallSite(defineAction);
  checkSettings(actionSettings, definition as ActionDefinition<never, Effect>, "defineAction", undefined, at);
  const { name, effect, command, run } = definition;
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(name))
    throw new LockstepError({
      code: "bad-action",
      message: `"${name}" is no name for an action kind`,
      hint: "Write your project's name, a dot, and what it does: acme.notify",
      at,
    });
  const build = (args: A): CustomAction<E> => {
    const callSite = captureCallSite(build);
    const typed = command(args);
    if (strengths.indexOf(typed.effect) > strengths.indexOf(effect))
      throw strongerCommand(name, effect, typed, callSite);
    return Object.freeze({
      node: "action",
      kind: "custom",
      name,
      effect,
      command: typed.command,
      ...(run === undefined ? {} : { run: run(args) }),
      at: callSite,
    });
  };
  return build;
}

const strengths: readonly Effect[] = ["read", "write", "destructive"];

function strongerCommand(name: string, effect: Effect, typed: ShellLikeAction, at: CallSite): LockstepError {
  const tag = effect === "write" ? "sh" : `sh.${effect}`;
  return new LockstepError({
    code: "bad-action",
    message: `${name} is a ${effect}, and its command is a ${typed.effect} one`,
    hint: `Write the command as ${tag}\`...\` if that is all it does; else say effect: "${typed.effect}"`,
    at,
  });
}
