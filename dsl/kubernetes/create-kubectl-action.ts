import type { KubernetesAction } from "../actions/action.ts";
import type { Effect } from "../actions/effect.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, type Settable } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { settingKinds } from "../settings/setting-kinds.ts";
import { type CommandLine, createCommandLine, type KubectlWord } from "./command-line.ts";
import { addFlags, type FlagsOf, type KubectlFlags } from "./kubectl-flags.ts";

/** What a command is about, spelled as it shall stand there: `"deployment/web"`, or `["deployment", "web"]` for two words. */
export type KubectlResource = KubectlWord | readonly KubectlWord[];

/** Where every command may act. */
export type Where = FlagsOf<"namespace" | "context">;

interface ActionParts<E extends Effect> {
  readonly verb: string;
  readonly effect: E;
  readonly where: Where;
  readonly at: CallSite;
}

/** One kubectl command line as an action. */
export function createKubectlAction<E extends Effect>(
  line: CommandLine,
  { verb, effect, where, at }: ActionParts<E>,
): KubernetesAction<E> {
  return Object.freeze({
    node: "action",
    kind: "kubernetes",
    effect,
    verb,
    command: line.end(at),
    ...(where.namespace === undefined ? {} : { namespace: where.namespace }),
    ...(where.context === undefined ? {} : { context: where.context }),
    at,
  });
}

/** A verb that takes a resource and flags: `kubectl VERB RESOURCE FLAGS`. */
export type ResourceVerb<E extends Effect, F> = (resource: KubectlResource, flags?: F) => KubernetesAction<E>;

export function resourceVerb<E extends Effect, F extends object>(
  verb: string,
  effect: E,
  settable: Settable<F>,
): ResourceVerb<E, F> {
  const build: ResourceVerb<E, F> = (resource, flags = {} as F) => {
    const at = captureCallSite(build);
    requireResource(verb, resource, at);
    checkSettings(settable, flags, `kubectl ${verb}`, undefined, at);
    const line = addFlags(
      addResource(createCommandLine(`kubectl ${verb}`), resource),
      flags as FlagsOf<keyof KubectlFlags>,
    );
    return createKubectlAction(line, { verb, effect, where: flags as Where, at });
  };
  return build;
}

/**
 * What a command is about is words.
 *
 * @throws LockstepError `bad-action`
 */
export function requireResource(verb: string, resource: unknown, at: CallSite): void {
  const words: unknown[] = Array.isArray(resource) ? resource : [resource];
  const wrong = words.find((word) => !settingKinds.word.fits(word) || word === "");
  if (words.length > 0 && wrong === undefined && !words.includes(undefined)) return;
  throw new LockstepError({
    code: "bad-action",
    message: `kubectl ${verb} begins with what it is about, not with ${describeValue(wrong)}`,
    hint: `Write it first: "deployment/web", or ["deployment", "web"] for two words`,
    at,
  });
}

/** Adds the words of a resource. */
export function addResource(line: CommandLine, resource: KubectlResource): CommandLine {
  for (const word of Array.isArray(resource) ? resource : [resource]) line.raw(" ").value(word as KubectlWord);
  return line;
}
