import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import type { KubernetesAction } from "../../../dsl/actions/action.ts";
import { script, sh } from "../../../dsl/actions/sh.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";
import { seconds } from "../../../dsl/values/duration.ts";
import { createHandle, type Ref } from "../../../dsl/values/ref.ts";
import { text } from "../../../dsl/values/text.ts";
import { commandText } from "./command-text.ts";

const param = (name: string): Ref<string> =>
  createHandle({ node: "ref", source: { from: "param", name, scope: {} }, optional: false }) as unknown as Ref<string>;

const staging = { namespace: "rlhf-staging" } as const;
const production = { namespace: "rlhf-production" } as const;
const application = "deployment/rlhf-audit-trail";
const database = "postgresql-0";
const namespace = param("namespace");
const backendOf = (service: string) => ({
  host: "api.rlhf-audit-trail.com",
  http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: service, port: { number: 8000 } } } }] },
});

/** Every kubectl line of the deployment procedures, as an author writes it. */
const actions: readonly KubernetesAction[] = [
  kubectl.apply({ dryRun: "client", file: "k8s/staging/" }),
  kubectl.describe("quota", staging),
  kubectl.get("secrets", staging),
  ...["namespace", "configmaps", "secrets", "postgresql", "deployment", "service", "ingress"].map((name) =>
    kubectl.apply({ file: `k8s/staging/${name}.yaml` }),
  ),
  kubectl.wait("pod", { for: "condition=Ready", selector: "app=postgresql", ...staging, timeout: seconds(300) }),
  kubectl.exec.write(database, sh`python manage.py migrate`, { interactive: "-it", ...staging }),
  kubectl.rollout.status(application, staging),
  kubectl.get("pods", staging),
  kubectl.exec.read(database, sh`pg_isready`, { interactive: "-it", ...staging }),
  ...["namespace", "configmaps", "secrets", "postgresql", "deployment"].map((name) =>
    kubectl.apply({ file: `k8s/production/${name}-green.yaml` }),
  ),
  kubectl.rollout.status("deployment/rlhf-audit-trail-green", production),
  kubectl.portForward("service/rlhf-audit-trail-green", "8080:8000", production),
  kubectl.exec.read("rlhf-audit-trail-green-pod", sh`python manage.py migrate --check`, {
    interactive: "-it",
    ...production,
  }),
  kubectl.patch(["ingress", "rlhf-audit-trail"], {
    ...production,
    patch: { spec: { rules: [backendOf("rlhf-audit-trail-green")] } },
  }),
  kubectl.delete(["deployment", "rlhf-audit-trail-blue"], production),
  kubectl.label(
    ["deployment", "rlhf-audit-trail-green"],
    { "deployment-color": "blue" },
    { ...production, overwrite: true },
  ),
  kubectl.set.image(application, { "rlhf-audit-trail": "rlhf-audit-trail:v1.2.3" }, production),
  kubectl.rollout.status(application, production),
  kubectl.get("pods", { selector: "app=rlhf-audit-trail", ...production }),
  kubectl.exec.write(database, sh`python manage.py migrate`, { interactive: "-it", ...production }),
  kubectl.exec.write(database, sh`pg_dump -U postgres rlhf_audit`, {
    interactive: "-it",
    ...production,
    stdoutTo: "backup_pre_migration.sql",
  }),
  kubectl.rollout.history(application, production),
  kubectl.rollout.undo(application, production),
  kubectl.rollout.undo(application, { toRevision: 2, ...production }),
  kubectl.scale(application, { replicas: 0, ...production }),
  kubectl.exec.destructive(database, sh`psql -U postgres -c "DROP DATABASE IF EXISTS rlhf_audit;"`, {
    interactive: "-it",
    ...production,
  }),
  kubectl.exec.write(database, sh`psql -U postgres -c "CREATE DATABASE rlhf_audit;"`, {
    interactive: "-it",
    ...production,
  }),
  kubectl.exec.write(database, sh`psql -U postgres rlhf_audit`, {
    interactive: "-i",
    ...production,
    stdinFrom: "backup_pre_migration.sql",
  }),
  kubectl.scale(application, { replicas: 3, ...production }),
  kubectl.top.nodes(),
  kubectl.top.pods(production),
  kubectl.rollout.pause(application),
  kubectl.describe(["pod", param("pod-name")], { namespace }),
  kubectl.logs(param("pod-name"), { namespace }),
  kubectl.top.pod(param("pod-name"), { namespace }),
  kubectl.get("svc", { namespace }),
  kubectl.get("endpoints", { namespace }),
  kubectl.exec.read(param("pod-name"), sh`nslookup ${param("service-name")}`, { interactive: "-it" }),
  kubectl.get("pods", { selector: "app=postgresql", namespace }),
  kubectl.get(["svc", "postgresql"], { namespace }),
  kubectl.exec.read(param("app-pod"), sh`pg_isready -h postgresql -p 5432`, { interactive: "-it" }),
];

const lines = suite("kubectl");

lines("writes every line of the deployment procedures, character for character", () => {
  const written = new Set(actions.map(commandText));
  const missing = referenceLines().filter((line) => !written.has(line));
  assert.equal(missing, []);
});

lines("writes the flags in the order in which they are given", () => {
  assert.is(
    commandText(kubectl.scale("deployment/web", { namespace: "shop", replicas: 2 })),
    "kubectl scale deployment/web -n shop --replicas=2",
  );
  assert.is(
    commandText(kubectl.scale("deployment/web", { replicas: 2, namespace: "shop" })),
    "kubectl scale deployment/web --replicas=2 -n shop",
  );
});

lines("quotes what the shell would read", () => {
  const jsonpath = "{.spec.rules[0].http.paths[0].backend.service.name}";
  const get = kubectl.get(["ingress", "rlhf-audit-trail"], { ...production, output: { jsonpath } });
  assert.is(commandText(get), `kubectl get ingress rlhf-audit-trail -n rlhf-production -o jsonpath='${jsonpath}'`);
  assert.is(commandText(kubectl.delete(["pod", "a b"], { namespace: "$(id)" })), "kubectl delete pod 'a b' -n '$(id)'");
});

lines("writes values that are not known yet inside of words", () => {
  const action = kubectl.rollout.undo(text`deployment/${param("deployment")}`, {
    toRevision: param("revision"),
    namespace,
  });
  assert.is(
    commandText(action),
    "kubectl rollout undo deployment/<deployment> --to-revision=<revision> -n <namespace>",
  );
  const patch = kubectl.patch("ingress/web", { patch: { spec: { name: param("service") } }, type: "merge" });
  assert.is(commandText(patch), `kubectl patch ingress/web -p '{"spec":{"name":"<service>"}}' --type=merge`);
});

lines("writes several files, labels that go away and all other flags", () => {
  assert.is(
    commandText(kubectl.delete({ file: ["a.yaml", "b.yaml"], ignoreNotFound: true })),
    "kubectl delete -f a.yaml -f b.yaml --ignore-not-found",
  );
  assert.is(
    commandText(kubectl.label("node/a", { old: null, "on-call": "yes" })),
    "kubectl label node/a old- on-call=yes",
  );
  assert.is(
    commandText(
      kubectl.logs("web-0", { container: "app", previous: true, since: seconds(90), tail: 20, context: "prod" }),
    ),
    "kubectl logs web-0 -c app --previous --since=90s --tail=20 --context=prod",
  );
  assert.is(commandText(kubectl.get("pods", { allNamespaces: true, output: "wide" })), "kubectl get pods -A -o wide");
  assert.is(
    commandText(kubectl.rollout.history("deployment/a", { revision: 3 })),
    "kubectl rollout history deployment/a --revision=3",
  );
});

lines("stands as one word in another command", () => {
  assert.is(
    commandText(sh.read`watch -n 5 ${script(kubectl.top.pods(production))}`),
    "watch -n 5 'kubectl top pods -n rlhf-production'",
  );
});

lines("knows its effect, its verb and where it acts", () => {
  const effects = (found: readonly KubernetesAction[]) => found.map(({ verb, effect }) => `${verb}: ${effect}`);
  assert.equal(effects([kubectl.apply({ file: "a" }), kubectl.apply({ file: "a", dryRun: "server" })]), [
    "apply: write",
    "apply: read",
  ]);
  assert.equal(
    effects([
      kubectl.delete("pod/a"),
      kubectl.exec.destructive("a", sh`rm /x`),
      kubectl.set.image("a", { web: "shop/web:v2" }),
    ]),
    ["delete: destructive", "exec: destructive", "set image: write"],
  );
  assert.is(kubectl.get("pods", { namespace, context: "prod" }).namespace, namespace);
  assert.is(kubectl.get("pods", { namespace, context: "prod" }).context, "prod");
  assert.not("namespace" in kubectl.top.nodes());
});

function referenceLines(): string[] {
  const path = new URL("../../runbooks/reference/deployment-procedures.md", import.meta.url);
  const blocks = [...readFileSync(fileURLToPath(path), "utf8").matchAll(/```bash\n(.*?)```/gs)].map(
    ([, block = ""]) => block,
  );
  const found = blocks.join("\n").match(/^kubectl .*$/gm) ?? [];
  assert.is(found.length, 53);
  return found.map((line) => line.replace(/ &$/, ""));
}

lines.run();
