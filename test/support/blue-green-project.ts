import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { project } from "./lockstep-command.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));

/** The shipped blue-green deployment in a project of its own, in front of a cluster that is only played. */
export interface BlueGreenProject {
  readonly folder: string;
  /** For the window: the stand-ins come first on PATH. */
  readonly env: Readonly<Record<string, string>>;
  /** What Prometheus says from now on. */
  measure(name: Measured, value: number | string): void;
  /** The service that the ingress points to. */
  serves(): string;
  /** Ticks a box of the stand-ins: what they do while the file is there. */
  let(happening: Happening): void;
  no(happening: Happening): void;
}

export type Measured = "errors" | "time" | "cpu" | "memory" | "connections";

/** A rollout that fails; a change of the ingress that takes effect and does not return; one that does neither. */
export type Happening = "rollout-fails" | "patch-hangs" | "patch-fails" | "back-fails";

export interface BlueGreenOptions {
  /** In place of 10 minutes of waiting, and of a sample each 15 seconds. */
  readonly wait?: string;
  readonly interval?: string;
  /** What 3.2 says of how to find out whether it is done; without one a person is asked. */
  readonly probe?: boolean;
}

const quiet: Readonly<Record<Measured, number>> = { errors: 0.1, time: 177, cpu: 49, memory: 62.9, connections: 34 };

const kubectl = `#!/usr/bin/env bash
state=\${BASH_SOURCE[0]%/bin/*}/state
case "$*" in
  "config view"*) echo '{"current-context":"prod-eu","clusters":[{"name":"prod","cluster":{"server":"https://10.20.0.1:6443"}}],"contexts":[{"name":"prod-eu","context":{"cluster":"prod","user":"alice-oncall"}}]}' ;;
  "get ingress"*) cat "$state/serves" ;;
  "get pods"*) echo "rlhf-audit-trail-green-6f7c9   1/1   Running   0   1m" ;;
  "apply -f"*)
    name=\${3##*/}; name=\${name%-green.yaml}
    case $name in
      namespace) echo "namespace/rlhf-production created" ;;
      configmaps) echo "configmap/rlhf-audit-trail-green created" ;;
      secrets) echo "secret/rlhf-audit-trail-green created" ;;
      deployment) echo "deployment.apps/rlhf-audit-trail-green created" ;;
      *) echo "$name.apps/rlhf-audit-trail-green created" ;;
    esac ;;
  "rollout status"*)
    if [ -e "$state/rollout-fails" ]; then
      echo 'error: deployment "rlhf-audit-trail-green" exceeded its progress deadline' >&2; exit 1
    fi
    echo 'Waiting for deployment "rlhf-audit-trail-green" rollout to finish: 1 of 3 updated replicas are available...'
    sleep 0.3
    echo 'deployment "rlhf-audit-trail-green" successfully rolled out' ;;
  "port-forward"*)
    echo "Forwarding from 127.0.0.1:8080 -> 8000"
    exec sleep 3600 ;;
  "patch ingress"*)
    [[ $* == *rlhf-audit-trail-green* ]] && to=green || to=blue
    if [ $to = blue ] && [ -e "$state/back-fails" ]; then
      echo "Error from server: etcdserver: request timed out" >&2; exit 1
    fi
    if [ -e "$state/patch-fails" ]; then echo "Error from server: etcdserver: request timed out" >&2; exit 1; fi
    echo "rlhf-audit-trail-$to" > "$state/serves"
    if [ -e "$state/patch-hangs" ]; then : > "$state/patched"; exec sleep 3600; fi
    echo "ingress.networking.k8s.io/rlhf-audit-trail patched" ;;
  "top pods"*)
    echo "NAME                                CPU(cores)   MEMORY(bytes)"
    echo "rlhf-audit-trail-green-6f7c9        212m         301Mi" ;;
  "delete deployment"*) echo 'deployment.apps "rlhf-audit-trail-blue" deleted' ;;
  "delete -f"*) echo "\${3##*/} deleted" ;;
  "label deployment"*) echo "deployment.apps/rlhf-audit-trail-green labeled" ;;
  *) echo "kubectl: nobody plays $*" >&2; exit 64 ;;
esac
`;

const curl = `#!/usr/bin/env bash
state=\${BASH_SOURCE[0]%/bin/*}/state
case "$*" in
  *localhost:8080/health) echo '{"status":"ok","version":"v1.2.3"}'; exit ;;
  */health) echo '{"status":"ok","version":"v1.2.2"}'; exit ;;
  *histogram_quantile*) name=time ;;
  *container_cpu*) name=cpu ;;
  *container_memory*) name=memory ;;
  *pg_stat*) name=connections ;;
  *"or vector(0)"*) name=errors ;;
  *) echo '{"status":"success","data":{"resultType":"vector","result":[]}}'; exit ;;
esac
printf '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[%s,"%s"]}]}}\\n' "$(date +%s)" "$(cat "$state/$name")"
`;

const make = `#!/usr/bin/env bash
case "$1" in
  test-smoke-green) echo "12 passed in 1.94s" ;;
  verify-production-metrics) echo "error rate 0.1%, p95 177ms: within bounds" ;;
  *) echo "make: *** No rule to make target '$1'." >&2; exit 2 ;;
esac
`;

/** @param options Whoever has no ten minutes says how long is waited. */
export async function blueGreenProject(options: BlueGreenOptions = {}): Promise<BlueGreenProject> {
  const folder = await project({
    "bin/kubectl": kubectl,
    "bin/curl": curl,
    "bin/make": make,
    "state/serves": "rlhf-audit-trail-blue\n",
    "k8s/production/deployment-green.yaml":
      "      containers:\n        - name: api\n          image: registry.example.com/rlhf-audit-trail:v1.2.3\n",
    "lockstep.config.ts": `import { defineConfig } from "lockstep";
import { userInfo } from "node:os";
export default defineConfig({ roles: { "release-manager": [userInfo().username] } });
`,
  });
  const state = (name: string): string => join(folder, "state", name);
  const measure = (name: Measured, value: number | string): void => writeFileSync(state(name), `${value}\n`);
  for (const [name, value] of Object.entries(quiet)) measure(name as Measured, value);
  copyRunbook(folder, options);
  return {
    folder,
    env: { PATH: `${join(folder, "bin")}:${process.env["PATH"]}` },
    measure,
    serves: () => readFileSync(state("serves"), "utf8").trim(),
    let: (happening) => writeFileSync(state(happening), ""),
    no: (happening) => rmSync(state(happening), { force: true }),
  };
}

/** As it is shipped, but for the settings that are asked for. */
function copyRunbook(folder: string, { wait, interval, probe = true }: BlueGreenOptions): void {
  const runbooks = join(folder, "runbooks/rlhf-audit-trail");
  mkdirSync(runbooks, { recursive: true });
  cpSync(join(repository, "runbooks/rlhf-audit-trail"), runbooks, { recursive: true });
  const file = join(runbooks, "production-blue-green.runbook.ts");
  let text = readFileSync(file, "utf8");
  const change = (from: RegExp, to: string): void => {
    if (!from.test(text)) throw new Error(`${from} is no longer in ${file}`);
    text = text.replace(from, to);
  };
  if (wait !== undefined) change(/"Monitor for 10 minutes", minutes\(10\)/, `"Monitor for a while", ${wait}`);
  if (interval !== undefined) change(/until: "production-metrics",/, `$& interval: ${interval},`);
  if (!probe) change(/\n *probe: [^\n]*/, "");
  writeFileSync(file, text);
}
