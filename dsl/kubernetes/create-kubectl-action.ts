import type { KubernetesAction } from "../actions/action.ts";
import type { Effect } from "../actions/effect.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
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

export function resourceVerb<E extends Effect, K extends keyof KubectlFlags>(
  verb: string,
  effect: E,
): ResourceVerb<E, FlagsOf<K>> {
  const build: ResourceVerb<E, FlagsOf<K>> = (resource, flags = {} as FlagsOf<K>) => {
    const line = addFlags(
      addResource(createCommandLine(`kubectl ${verb}`), resource),
      flags as FlagsOf<keyof KubectlFlags>,
    );
    return createKubectlAction(line, { verb, effect, where: flags as Where, at: captureCallSite(build) });
  };
  return build;
}

/** Adds the words of a resource. */
export function addResource(line: CommandLine, resource: KubectlResource): CommandLine {
  for (const word of Array.isArray(resource) ? resource : [resource]) line.raw(" ").value(word as KubectlWord);
  return line;
}
