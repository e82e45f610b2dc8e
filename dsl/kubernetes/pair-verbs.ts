import type { KubernetesAction } from "../actions/action.ts";
import { captureCallSite } from "../errors/source-position.ts";
import { type CommandLine, createCommandLine, type KubectlWord } from "./command-line.ts";
import { addResource, createKubectlAction, type KubectlResource } from "./create-kubectl-action.ts";
import { addFlags, type FlagsOf } from "./kubectl-flags.ts";

/** Flags of `kubectl label`. */
export interface LabelFlags extends FlagsOf<"namespace" | "context" | "overwrite" | "selector"> {}
/** Flags of `kubectl set image`. */
export interface SetImageFlags extends FlagsOf<"namespace" | "context"> {}

/** `kubectl label RESOURCE key=value`; `null` takes a label away. */
export function label(
  resource: KubectlResource,
  labels: Readonly<Record<string, KubectlWord | null>>,
  flags: LabelFlags = {},
): KubernetesAction<"write"> {
  const line = addPairs(addResource(createCommandLine("kubectl label"), resource), labels);
  return createKubectlAction(addFlags(line, flags), {
    verb: "label",
    effect: "write",
    where: flags,
    at: captureCallSite(label),
  });
}

/** `kubectl set image RESOURCE container=image`. */
export function setImage(
  resource: KubectlResource,
  images: Readonly<Record<string, KubectlWord>>,
  flags: SetImageFlags = {},
): KubernetesAction<"write"> {
  const line = addPairs(addResource(createCommandLine("kubectl set image"), resource), images);
  return createKubectlAction(addFlags(line, flags), {
    verb: "set image",
    effect: "write",
    where: flags,
    at: captureCallSite(setImage),
  });
}

function addPairs(line: CommandLine, pairs: Readonly<Record<string, KubectlWord | null>>): CommandLine {
  for (const [name, value] of Object.entries(pairs)) {
    line.raw(" ").value(value === null ? `${name}-` : `${name}=`);
    if (value !== null) line.value(value);
  }
  return line;
}
