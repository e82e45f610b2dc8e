import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { suite } from "uvu";
import * as assert from "uvu/assert";
import { lockstep, project } from "../support/lockstep-command.ts";
import { closeTerminals, lockstepTerminal } from "../support/lockstep-terminal.ts";

const test = suite("policy of an environment");
test.after.each(closeTerminals);

/** Answers `kubectl config view` from the file of the current context, and writes down whatever else it is asked. */
const kubectl = `#!/usr/bin/env bash
here=\${BASH_SOURCE[0]%/*}
context=$(cat "$here/current")
if [ "$1 $2" = "config view" ]; then cat "$here/$context.json" || { echo "error: no context $context" >&2; exit 1; }; exit; fi
echo "$*" >> "$here/calls"
`;

const config = (name: string, server: string, namespace: string): string =>
  JSON.stringify({
    "current-context": name,
    contexts: [{ name, context: { cluster: name, namespace } }],
    clusters: [{ name, cluster: { server } }],
  });

const runbook = (
  policy: string,
): string => `import { environment, notNeeded, param, runbook, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
const undo = notNeeded("a test");
export default runbook({
  id: "deploy",
  title: "Deploy",
  params: { namespace: param.string({ default: "shop" }) },
  environments: [
    environment("production", "Production", { values: {}, policy: ${policy} }),
    environment("staging", "Staging", { values: { namespace: "shop-staging" } }),
  ],
}, (p) => [
  step("scale", "Scale", kubectl.scale("deployment/web", { replicas: 2, namespace: p.namespace }), { undo }),
  step("label", "Label the node", kubectl.label("node/one", { color: "green" }, { overwrite: true }), { undo }),
  step("mended", "Look", sh.read\`test -e mended\`),
]);
`;

async function deployment(policy: string) {
  const root = await project({
    "runbooks/deploy.runbook.ts": runbook(policy),
    "bin/kubectl": kubectl,
    "bin/current": "prod-eu",
    "bin/prod-eu.json": config("prod-eu", "https://10.0.0.1:6443", "shop"),
    "bin/other.json": config("other", "https://10.0.0.2:6443", "shop"),
    "bin/elsewhere.json": config("prod-eu", "https://10.0.0.3:6443", "default"),
  });
  const env = { PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}` };
  return {
    root,
    run: (...args: readonly string[]) =>
      lockstep(...args)
        .in(root)
        .env(env),
    use: (context: string): void => writeFileSync(join(root, "bin/current"), context),
    calls: (): string => (existsSync(join(root, "bin/calls")) ? readFileSync(join(root, "bin/calls"), "utf8") : ""),
  };
}

const pin = `{ cluster: { context: "prod-eu", server: "https://10.0.0.1:6443/", namespace: "shop" } }`;

test("pins the namespace: another one is refused by plan, run and dry run, with what to write", async () => {
  const { root, run, calls } = await deployment(pin);
  for (const args of [
    ["plan", "deploy"],
    ["run", "deploy"],
    ["run", "deploy", "--dry-run"],
  ] as const)
    await run(...args, "--env", "production", "-p", "namespace=web")
      .exits(2)
      .says(
        /^error: step scale acts in namespace web; the policy of production allows Kubernetes only in the namespace shop of the context prod-eu, the server https:\/\/10\.0\.0\.1:6443\/\n {2}at runbooks\/deploy\.runbook\.ts:\d+:\d+\n {2}\|.*\n {2}\| *\^\nhint: Give namespace the value shop, or run it in another environment\n$/,
      );
  assert.is(calls(), "");
  assert.not(existsSync(join(root, ".lockstep/runs")));
});

test("pins the cluster: what kubectl would really act on is compared before the first step, and on every resume", async () => {
  const { root, run, use, calls } = await deployment(pin);
  const only =
    "the policy of production allows Kubernetes only in the namespace shop of the context prod-eu, the server https://10.0.0.1:6443/";
  const fix = "Choose it: kubectl config use-context prod-eu; kubectl config set-context prod-eu --namespace=shop";
  use("other");
  const refused = `error: 1 would act elsewhere: the current context is other; ${only}. ${fix}\n`;
  await run("run", "deploy", "--env", "production", "--auto").exits(2).says(refused);
  await run("run", "deploy", "--env", "production", "--dry-run=read").exits(2).says(refused);
  use("elsewhere");
  await run("run", "deploy", "--env", "production", "--auto")
    .exits(2)
    .says(`error: 1 would act elsewhere: the context prod-eu is at https://10.0.0.3:6443; ${only}. ${fix}\n`);
  use("nowhere");
  await run("run", "deploy", "--env", "production", "--auto")
    .exits(2)
    .says(/^error: 1 would act elsewhere: kubectl config view does not tell the target \(error: no context nowhere\)/);
  assert.is(calls(), "");
  assert.not(existsSync(join(root, ".lockstep/runs")));

  use("prod-eu");
  await run("run", "deploy", "--env", "production", "--auto")
    .exits(1)
    .prints(/^Failed: Deploy/)
    .says(/failed/);
  assert.match(calls(), "scale deployment/web --replicas=2 -n shop\n");
  writeFileSync(join(root, "mended"), "");
  use("other");
  await run("resume")
    .exits(2)
    .says(/^error: 1 would act elsewhere: the current context is other/);
  await run("rollback")
    .exits(2)
    .says(/^error: 1 would act elsewhere/);
  use("prod-eu");
  await run("resume")
    .prints(/Deploy/)
    .says(/./);
});

test("holds a step that names no namespace to the one of the context", async () => {
  const { run, use } = await deployment(`{ cluster: { namespace: "shop" } }`);
  use("elsewhere");
  await run("run", "deploy", "--env", "production", "--auto")
    .exits(2)
    .says(
      "error: 2 would act elsewhere: it names no namespace, and that of the context prod-eu is default; the policy of production allows Kubernetes only in the namespace shop. Choose it: kubectl config set-context --current --namespace=shop, or name the namespace in the step\n",
    );
});

for (const [command, problem] of [
  ["kubectl delete pod web -n other", "it names the namespace other"],
  ["kubectl delete pod web -nother", "it names the namespace other"],
  ["kubectl --namespace=shop get pods && kubectl --namespace=other delete pod web", "it names the namespace other"],
  ["kubectl get pods | head -n 5", "it names no namespace, and that of the context prod-eu is default"],
  ["kubectl get pods -A", "it acts in all namespaces"],
  [
    "kubectl --context=prod-eu -n shop get pods; kubectl --context staging -n shop delete pod web",
    "it names the context staging",
  ],
  ["bash -c 'kubectl -n shop get pods; sudo kubectl -n other delete pod web'", "it names the namespace other"],
  ["helm upgrade web ./chart --kube-context staging -n shop", "it names the context staging"],
  ["kubectl -n shop --server=https://10.9.9.9 delete pod web", "it names another server by --server"],
  ['kubectl -n "$(cat namespace)" delete pod web', "the namespace that it names is known only when it runs"],
  ["kubectl --kubeconfig=/no/such/file -n shop get pods", /^kubectl config view does not tell the target \(/],
  ["kubectl exec web -n shop -- cat -n other", undefined],
  ["kubectl get pods -n shop | head -n 5; grep -A 3 x || true", undefined],
] as const)
  test(`reads where a command of a shell acts: ${command}`, async () => {
    const text = runbook(`{ cluster: { context: "prod-eu", namespace: "shop" } }`).replace(
      /step\("scale".*\]\);/s,
      `step("act", "Act", sh\`${command}\`, { undo })]);`,
    );
    const { root, run, use } = await deployment("{}");
    writeFileSync(join(root, "runbooks/deploy.runbook.ts"), text);
    writeFileSync(
      join(root, "bin/kubectl"),
      kubectl.replace(
        "context=$",
        '[ -z "${KUBECONFIG:-}" ] || { echo "error: no file $KUBECONFIG" >&2; exit 1; }\ncontext=$',
      ),
    );
    use("elsewhere");
    const dry = run("run", "deploy", "--env", "production", "--dry-run=read");
    if (problem === undefined) return void (await dry.prints(/Act/));
    const said = typeof problem === "string" ? `1 would act elsewhere: ${problem};` : "1 would act elsewhere:";
    const { stderr } = await dry.exits(2).says(/^error: 1 would act elsewhere: /);
    assert.ok(stderr.startsWith(`error: ${said}`), stderr);
  });

const everyRule = `{
  approval: "before-destructive",
  unattended: false,
  cluster: { namespace: "shop" },
  destructive: { days: ["monday", "tuesday", "wednesday", "thursday"], from: "22:00", to: "06:00", timeZone: "Europe/Berlin" },
}`;
const rules = [
  "whatever is destructive stands behind an approval",
  "a person attends every run",
  "Kubernetes only in the namespace shop",
  "destructive steps start only Monday to Thursday, 22:00 to 06:00 (Europe/Berlin)",
];

test("stands on the page, in the index, in the plan and in a dry run, the same words everywhere", async () => {
  const { root, run } = await deployment(everyRule);
  await run("docs").says(/./);
  const page = readFileSync(join(root, "docs/runbooks/deploy.md"), "utf8");
  assert.match(page, `Policy of \`production\`: ${rules.join("; ")}.`);
  assert.match(page, "`lockstep run deploy --env <environment>`");
  assert.match(readFileSync(join(root, "docs/runbooks/README.md"), "utf8"), `| Policy | ${rules.join("; ")} |  |`);
  const lines = [
    "  in       production",
    ...rules.map((rule) => `  policy   ${rule}`),
    "  with     namespace=shop",
    "",
  ];
  for (const args of [
    ["plan", "deploy"],
    ["run", "deploy", "--dry-run"],
  ] as const) {
    const { stdout } = await run(...args, "--env", "production").prints(/./);
    assert.ok(stdout.includes(lines.join("\n")), stdout);
    assert.not.match((await run(...args, "--env", "staging").prints(/./)).stdout, "policy");
  }
});

test("stands at the head of a run in a terminal, which may be refused there as well", async () => {
  const { root, run, use } = await deployment(everyRule);
  await run("run", "deploy", "--env", "production", "--auto")
    .exits(2)
    .says("error: the policy of production forbids unattended runs. Run it in a terminal, without --auto\n");
  const env = { PATH: `${join(root, "bin")}:${process.env["PATH"] ?? ""}` };
  const window = lockstepTerminal(root, ["run", "deploy", "--env", "production"], { env });
  await window.waitFor(/policy +a person attends every run/);
  // it was right when it was looked at, and is not when the run begins
  use("nowhere");
  await window.answer(/r start/, "r");
  assert.is(await window.ended(), 2, window.text());
  assert.match(window.text(), /would act elsewhere/);
  assert.not(existsSync(join(root, ".lockstep/runs")));
});

test.run();
