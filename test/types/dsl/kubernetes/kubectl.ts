import type { KubernetesAction } from "../../../../dsl/actions/action.ts";
import { sh } from "../../../../dsl/actions/sh.ts";
import { kubectl } from "../../../../dsl/kubernetes/index.ts";
import type { Ref, Secret } from "../../../../dsl/values/ref.ts";
import { text } from "../../../../dsl/values/text.ts";

declare const name: Ref<string>;
declare const count: Ref<number>;
declare const token: Secret;

// The effect comes with the verb.
kubectl.apply({ file: "a.yaml" }) satisfies KubernetesAction<"write">;
kubectl.apply({ dryRun: "client", file: "a.yaml" }) satisfies KubernetesAction<"read">;
kubectl.delete({ file: "a.yaml" }) satisfies KubernetesAction<"destructive">;
kubectl.exec.destructive("db-0", sh`rm /x`) satisfies KubernetesAction<"destructive">;
kubectl.rollout.undo(text`deployment/${name}`, { toRevision: count }) satisfies KubernetesAction<"write">;
kubectl.get("pods", { namespace: name }) satisfies KubernetesAction<"read">;
// @ts-expect-error an apply that is no dry run is a write
kubectl.apply({ file: "a.yaml" }) satisfies KubernetesAction<"read">;

// @ts-expect-error exec does not know what the command does: exec.read, exec.write or exec.destructive
kubectl.exec("db-0", sh`pg_isready`);
// @ts-expect-error the command of exec is sh`...`, so that its words are quoted
kubectl.exec.read("db-0", "pg_isready");

// @ts-expect-error an apply needs a file
kubectl.apply({ namespace: "shop" });
// @ts-expect-error a delete needs a resource or a file
kubectl.delete({ namespace: "shop" });
// @ts-expect-error a scale needs the number of replicas
kubectl.scale("deployment/web", { namespace: "shop" });
// @ts-expect-error a scale needs the number of replicas
kubectl.scale("deployment/web");
// @ts-expect-error a patch needs the patch
kubectl.patch("ingress/web", { namespace: "shop" });
// @ts-expect-error a wait needs to know for what
kubectl.wait("pod", { selector: "app=web" });

// @ts-expect-error a mistyped flag
kubectl.get("pods", { namespce: "shop" });
// @ts-expect-error no flag of this verb
kubectl.rollout.status("deployment/web", { replicas: 3 });
// @ts-expect-error a number of replicas is a number
kubectl.scale("deployment/web", { replicas: name });
// @ts-expect-error a secret cannot enter a command
kubectl.get("pods", { namespace: token });
// @ts-expect-error a secret cannot enter a command
kubectl.describe(["pod", token]);
// @ts-expect-error a ref in a template string would be text before it is known
kubectl.describe(`pod/${name}`);
