import type { KubernetesAction } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { type CommandLine, createCommandLine, type KubectlWord } from "./command-line.ts";
import { addResource, createKubectlAction, type KubectlResource, requireResource } from "./create-kubectl-action.ts";
import { addFlags, type FlagsOf, flagTable } from "./kubectl-flags.ts";

/** Flags of `kubectl label`. */
export interface LabelFlags extends FlagsOf<"namespace" | "context" | "overwrite" | "selector"> {}
/** Flags of `kubectl set image`. */
export interface SetImageFlags extends FlagsOf<"namespace" | "context"> {}

const labelSettings = defineSettings<LabelFlags>(flagTable(["namespace", "context", "overwrite", "selector"]));
const setImageSettings = defineSettings<SetImageFlags>(flagTable(["namespace", "context"]));

/** `kubectl label RESOURCE key=value`; `null` takes a label away. */
export function label(
  resource: KubectlResource,
  labels: Readonly<Record<string, KubectlWord | null>>,
  flags: LabelFlags = {},
): KubernetesAction<"write"> {
  const at = captureCallSite(label);
  requireResource("label", resource, at);
  requirePairs("label", labels, at);
  checkSettings(labelSettings, flags, "kubectl label", undefined, at);
  const line = addPairs(addResource(createCommandLine("kubectl label"), resource), labels);
  return createKubectlAction(addFlags(line, flags), { verb: "label", effect: "write", where: flags, at });
}

/** `kubectl set image RESOURCE container=image`. */
export function setImage(
  resource: KubectlResource,
  images: Readonly<Record<string, KubectlWord>>,
  flags: SetImageFlags = {},
): KubernetesAction<"write"> {
  const at = captureCallSite(setImage);
  requireResource("set image", resource, at);
  requirePairs("set image", images, at);
  checkSettings(setImageSettings, flags, "kubectl set image", undefined, at);
  const line = addPairs(addResource(createCommandLine("kubectl set image"), resource), images);
  return createKubectlAction(addFlags(line, flags), { verb: "set image", effect: "write", where: flags, at });
}

function requirePairs(verb: string, pairs: unknown, at: CallSite): void {
  if (describeValue(pairs) === "an object" && Object.keys(pairs as object).length > 0) return;
  throw new LockstepError({
    code: "bad-action",
    message: `kubectl ${verb} needs names with their values, not ${describeValue(pairs)}`,
    hint: verb === "label" ? 'Write them second: { color: "green" }' : 'Write them second: { web: "shop/web:v1.2.3" }',
    at,
  });
}

function addPairs(line: CommandLine, pairs: Readonly<Record<string, KubectlWord | null>>): CommandLine {
  for (const [name, value] of Object.entries(pairs)) {
    line.raw(" ").value(value === null ? `${name}-` : `${name}=`);
    if (value !== null) line.value(value);
  }
  return line;
}
