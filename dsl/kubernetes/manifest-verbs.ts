import type { KubernetesAction } from "../actions/action.ts";
import { captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { createCommandLine } from "./command-line.ts";
import { addResource, createKubectlAction, type KubectlResource, requireResource } from "./create-kubectl-action.ts";
import { addFlags, type FlagsOf, flagTable, type KubectlFlags } from "./kubectl-flags.ts";

type Manifest = Pick<KubectlFlags, "file">;

/** Flags of `kubectl apply`. */
export interface ApplyFlags extends Manifest, FlagsOf<"namespace" | "context" | "selector"> {
  /** Only says what would change, which makes it a read. */
  readonly dryRun?: never;
}
/** Flags of `kubectl apply --dry-run`. */
export interface ApplyDryRunFlags
  extends Manifest,
    FlagsOf<"namespace" | "context" | "selector">,
    Pick<KubectlFlags, "dryRun"> {}
/** Flags of `kubectl delete RESOURCE`. */
export interface DeleteFlags extends FlagsOf<"namespace" | "context" | "selector" | "ignoreNotFound" | "timeout"> {}
/** Flags of `kubectl delete -f FILE`. */
export interface DeleteManifestFlags extends Manifest, DeleteFlags {}

const deleteFlags = ["namespace", "context", "selector", "ignoreNotFound", "timeout"] as const;
const applySettings = defineSettings<Partial<ApplyDryRunFlags> & Manifest>(
  flagTable(["namespace", "context", "selector", "dryRun"], ["file"]),
);
const deleteSettings = defineSettings<DeleteFlags>(flagTable(deleteFlags));
const deleteManifestSettings = defineSettings<DeleteManifestFlags>(flagTable(deleteFlags, ["file"]));

/** `kubectl apply -f FILE`; a dry run is a read. */
export function apply(flags: ApplyFlags): KubernetesAction<"write">;
export function apply(flags: ApplyDryRunFlags): KubernetesAction<"read">;
export function apply(flags: ApplyFlags | ApplyDryRunFlags): KubernetesAction<"write"> | KubernetesAction<"read"> {
  const at = captureCallSite(apply);
  checkSettings(applySettings, flags as Partial<ApplyDryRunFlags> & Manifest, "kubectl apply", undefined, at);
  const line = addFlags(createCommandLine("kubectl apply"), flags as ApplyDryRunFlags);
  const effect = flags.dryRun === undefined ? "write" : "read";
  return createKubectlAction(line, { verb: "apply", effect, where: flags, at }) as
    | KubernetesAction<"write">
    | KubernetesAction<"read">;
}

/** `kubectl delete RESOURCE`, or `kubectl delete -f FILE`. */
export function deleteResource(flags: DeleteManifestFlags): KubernetesAction<"destructive">;
export function deleteResource(resource: KubectlResource, flags?: DeleteFlags): KubernetesAction<"destructive">;
export function deleteResource(
  first: DeleteManifestFlags | KubectlResource,
  second: DeleteFlags = {},
): KubernetesAction<"destructive"> {
  const at = captureCallSite(deleteResource);
  const line = createCommandLine("kubectl delete");
  const isManifest = describeValue(first) === "an object";
  const flags = isManifest ? (first as DeleteManifestFlags) : second;
  if (!isManifest) requireResource("delete", first, at);
  checkSettings(isManifest ? deleteManifestSettings : deleteSettings, flags as never, "kubectl delete", undefined, at);
  addFlags(isManifest ? line : addResource(line, first as KubectlResource), flags);
  return createKubectlAction(line, { verb: "delete", effect: "destructive", where: flags, at });
}
