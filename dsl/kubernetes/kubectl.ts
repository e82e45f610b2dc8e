import type { KubernetesAction } from "../actions/action.ts";
import { captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings, type Settable } from "../settings/check-settings.ts";
import { createCommandLine } from "./command-line.ts";
import { createKubectlAction, type ResourceVerb, resourceVerb, type Where } from "./create-kubectl-action.ts";
import { addFlags, type FlagsOf, flagTable, type KubectlFlags } from "./kubectl-flags.ts";
import { apply, deleteResource } from "./manifest-verbs.ts";
import { label, setImage } from "./pair-verbs.ts";
import { exec, portForward, wait } from "./pod-verbs.ts";

/** Flags of `kubectl get`. */
export interface GetFlags
  extends FlagsOf<"namespace" | "context" | "allNamespaces" | "selector" | "output" | "ignoreNotFound"> {}
/** Flags of `kubectl describe`. */
export interface DescribeFlags extends FlagsOf<"namespace" | "context" | "allNamespaces" | "selector"> {}
/** Flags of `kubectl logs`. */
export interface LogsFlags
  extends FlagsOf<"namespace" | "context" | "container" | "previous" | "since" | "tail" | "selector"> {}
/** Flags of `kubectl scale`; the number of replicas must be there. */
export interface ScaleFlags extends Pick<KubectlFlags, "replicas">, FlagsOf<"namespace" | "context" | "timeout"> {}
/** Flags of `kubectl patch`; the patch must be there. */
export interface PatchFlags extends Pick<KubectlFlags, "patch">, FlagsOf<"namespace" | "context" | "type"> {}
/** Flags of `kubectl rollout status`. */
export interface RolloutStatusFlags extends FlagsOf<"namespace" | "context" | "timeout"> {}
/** Flags of `kubectl rollout history`. */
export interface RolloutHistoryFlags extends FlagsOf<"namespace" | "context" | "revision"> {}
/** Flags of `kubectl rollout undo`. */
export interface RolloutUndoFlags extends FlagsOf<"namespace" | "context" | "toRevision"> {}
/** Flags of `kubectl top pods`. */
export interface TopPodsFlags extends FlagsOf<"namespace" | "context" | "allNamespaces" | "selector"> {}

/** A verb whose flags hold something that it cannot do without. */
type DemandingVerb<F> = (resource: Parameters<ResourceVerb<"write", F>>[0], flags: F) => KubernetesAction<"write">;

/**
 * kubectl command lines, typed: the text is exactly the line that a person would type, and the effect comes with
 * the verb. Flags stand in the order in which they are given; a resource is spelled as given (`"deployment/web"`,
 * or `["deployment", "web"]` for two words); any value may be a ref, also inside a word by `` text`deployment/${p.name}` ``.
 *
 * @example
 * kubectl.apply({ file: "k8s/web.yaml" }); // kubectl apply -f k8s/web.yaml
 * kubectl.scale("deployment/web", { replicas: 0, namespace: p.namespace }); // kubectl scale deployment/web --replicas=0 -n shop
 * kubectl.exec.read("db-0", sh`pg_isready`, { interactive: "-it", namespace: p.namespace }); // kubectl exec -it db-0 -n shop -- pg_isready
 */
export const kubectl: {
  readonly apply: typeof apply;
  readonly delete: typeof deleteResource;
  readonly get: ResourceVerb<"read", GetFlags>;
  readonly describe: ResourceVerb<"read", DescribeFlags>;
  readonly logs: ResourceVerb<"read", LogsFlags>;
  readonly wait: typeof wait;
  readonly exec: typeof exec;
  readonly portForward: typeof portForward;
  readonly scale: DemandingVerb<ScaleFlags>;
  readonly patch: DemandingVerb<PatchFlags>;
  readonly label: typeof label;
  readonly set: { readonly image: typeof setImage };
  readonly rollout: {
    readonly status: ResourceVerb<"read", RolloutStatusFlags>;
    readonly history: ResourceVerb<"read", RolloutHistoryFlags>;
    readonly undo: ResourceVerb<"write", RolloutUndoFlags>;
    readonly pause: ResourceVerb<"write", Where>;
    readonly resume: ResourceVerb<"write", Where>;
    readonly restart: ResourceVerb<"write", Where>;
  };
  readonly top: {
    readonly nodes: (flags?: FlagsOf<"context">) => KubernetesAction<"read">;
    readonly pods: (flags?: TopPodsFlags) => KubernetesAction<"read">;
    readonly pod: ResourceVerb<"read", TopPodsFlags>;
  };
} = Object.freeze({
  apply,
  delete: deleteResource,
  get: resourceVerb(
    "get",
    "read",
    defineSettings<GetFlags>(
      flagTable(["namespace", "context", "allNamespaces", "selector", "output", "ignoreNotFound"]),
    ),
  ),
  describe: resourceVerb(
    "describe",
    "read",
    defineSettings<DescribeFlags>(flagTable(["namespace", "context", "allNamespaces", "selector"])),
  ),
  logs: resourceVerb(
    "logs",
    "read",
    defineSettings<LogsFlags>(
      flagTable(["namespace", "context", "container", "previous", "since", "tail", "selector"]),
    ),
  ),
  wait,
  exec,
  portForward,
  scale: resourceVerb(
    "scale",
    "write",
    defineSettings<ScaleFlags>(flagTable(["namespace", "context", "timeout"], ["replicas"])),
  ),
  patch: resourceVerb(
    "patch",
    "write",
    defineSettings<PatchFlags>(flagTable(["namespace", "context", "type"], ["patch"])),
  ),
  label,
  set: { image: setImage },
  rollout: {
    status: resourceVerb(
      "rollout status",
      "read",
      defineSettings<RolloutStatusFlags>(flagTable(["namespace", "context", "timeout"])),
    ),
    history: resourceVerb(
      "rollout history",
      "read",
      defineSettings<RolloutHistoryFlags>(flagTable(["namespace", "context", "revision"])),
    ),
    undo: resourceVerb(
      "rollout undo",
      "write",
      defineSettings<RolloutUndoFlags>(flagTable(["namespace", "context", "toRevision"])),
    ),
    pause: resourceVerb("rollout pause", "write", defineSettings<Where>(flagTable(["namespace", "context"]))),
    resume: resourceVerb("rollout resume", "write", defineSettings<Where>(flagTable(["namespace", "context"]))),
    restart: resourceVerb("rollout restart", "write", defineSettings<Where>(flagTable(["namespace", "context"]))),
  },
  top: {
    nodes: plainVerb("top nodes", defineSettings<FlagsOf<"context">>(flagTable(["context"]))),
    pods: plainVerb(
      "top pods",
      defineSettings<TopPodsFlags>(flagTable(["namespace", "context", "allNamespaces", "selector"])),
    ),
    pod: resourceVerb(
      "top pod",
      "read",
      defineSettings<TopPodsFlags>(flagTable(["namespace", "context", "allNamespaces", "selector"])),
    ),
  },
});

/** A read without a resource: `kubectl VERB FLAGS`. */
function plainVerb<F extends object>(verb: string, settable: Settable<F>): (flags?: F) => KubernetesAction<"read"> {
  const build = (flags = {} as F): KubernetesAction<"read"> => {
    const at = captureCallSite(build);
    checkSettings(settable, flags, `kubectl ${verb}`, undefined, at);
    return createKubectlAction(addFlags(createCommandLine(`kubectl ${verb}`), flags), {
      verb,
      effect: "read",
      where: flags as Where,
      at,
    });
  };
  return build;
}
