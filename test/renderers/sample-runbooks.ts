import {
  type AnyRunbook,
  all,
  approval,
  ask,
  background,
  below,
  caution,
  check,
  checklist,
  choose,
  code,
  defineAction,
  environment,
  gate,
  group,
  guard,
  http,
  ifCreated,
  include,
  irreversible,
  is,
  json,
  manual,
  measurement,
  minutes,
  not,
  note,
  notNeeded,
  onlyNumber,
  output,
  parallel,
  param,
  percent,
  prometheus,
  prose,
  quantity,
  quoted,
  repeat,
  rollback,
  runbook,
  script,
  secondPerson,
  seconds,
  section,
  sh,
  step,
  stop,
  table,
  text,
  undoBy,
  wait,
  watch,
  when,
  within,
} from "../../dsl/index.ts";
import { kubectl } from "../../dsl/kubernetes/index.ts";

/** The first runbook that somebody writes. */
export const hello: AnyRunbook = runbook({ id: "hello", title: "Hello" }, () => [
  step("build", "Build", sh`make build`, { undo: notNeeded("nothing that runs is changed") }),
]) as unknown as AnyRunbook;

export const errorRate = measurement("error-rate", "Error rate", {
  measures: "5xx among all responses",
  unit: "%",
  query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=errors'`,
  reading: prometheus,
});
const queueLength = measurement("queue-length", "Queue length", {
  measures: "messages that wait",
  query: sh.read`queue length`,
  reading: onlyNumber,
});
const latency = measurement("latency", "Latency", {
  measures: "the 95th percentile",
  unit: " s",
  query: sh.read`queue latency`,
  reading: onlyNumber,
});

const verification = runbook(
  { id: "verification", title: "Verification", params: { host: param.string({ example: "example.org" }) } },
  (p) => [
    step("ping", "Ask for the health", http.get("https://example.org/health"), { expect: "ok" }),
    step("trace", "Trace the way", sh.read`traceroute ${p.host}`, { timeout: seconds(30) }),
  ],
);

const production = environment("production", "Production", {
  values: { namespace: "live", replicas: 3 },
  facts: { Replicas: "3+ (auto-scaling)" },
});
const staging = environment("staging", "Staging", {
  values: { namespace: "staging", replicas: 1 },
  facts: { Replicas: "1", Owner: "team `ops`" },
});

const notify = defineAction({
  name: "acme.notify",
  effect: "write",
  command: ({ channel }: { channel: string }) => sh`notify --channel ${channel}`,
});

/** A runbook with every kind of block, of action, of answer and of undo. */
export const everyKind: AnyRunbook = runbook(
  {
    id: "every-kind",
    title: "Every kind of step",
    summary: "Shows `every` kind once.",
    sections: "Phase",
    params: {
      version: param.string({ example: "v1.2.3", meaning: "The version to deploy" }),
      namespace: param.string({ default: "live" }),
      replicas: param.integer({ default: 2, min: 1, max: 9, meaning: "How many" }),
      schemaChanged: param.boolean({ default: false, phrase: "the schema changes" }),
      strategy: param.oneOf(["rolling", "recreate"], { meaning: "How to replace" }),
      patience: param.duration({ default: minutes(10) }),
      token: param.secret({ from: { env: "DEPLOY_TOKEN" } }),
    },
    environments: [production, staging],
    requires: [
      checklist("gates", "Gates", [
        "Reviewed",
        check("Tests passed", sh.read`make test`, { expect: "0 failed" }),
        secondPerson("Seen by a colleague"),
      ]),
      step("clean", "Check that nothing is left", sh.read`git status --porcelain`),
    ],
    onFailure: rollback,
    next: ["verification", "elsewhere"],
    follows: { title: "the old procedures" },
  },
  (p) => {
    const find = step("find", "Find a pod", sh.read`kubectl get pods -n ${p.namespace} -o name`, {
      outputs: { pod: output.text({ example: "pod/web-1", gives: "the name" }) },
      retry: { attempts: 3, every: seconds(10) },
    });
    return [
      section("prepare", "Prepare", { onFailure: rollback }, [
        prose("Read **this** first.\n\n- a list"),
        note("Nobody sees this yet."),
        step("namespace", text`Create the namespace of ${p.version}`, sh`kubectl apply -f namespace.yaml`, {
          undo: notNeeded("an empty namespace does no harm."),
        }),
        group("Deploy the infrastructure", { undoTitle: "Delete the infrastructure" }, [
          step("config", "Deploy the configuration", kubectl.apply({ file: "config.yaml" }), {
            undo: ifCreated(sh.destructive`kubectl delete -f config.yaml --ignore-not-found`),
          }),
          step("service", "Deploy the service", kubectl.apply({ file: "service.yaml" }), {
            undo: ifCreated(sh.destructive`kubectl delete -f service.yaml --ignore-not-found`),
          }),
        ]),
        when(p.schemaChanged, [
          caution("Users may see an old schema."),
          step("migrate", "Migrate", sh`make migrate`, {
            undo: undoBy("Migrate back", sh`make migrate-back`),
            onFailure: stop,
          }),
          when(not(is(p.strategy, "rolling")), [
            step("vacuum", "Vacuum", sh`make vacuum`, { undo: notNeeded("it only takes time") }),
          ]),
        ]),
        choose("way", p.strategy, {
          rolling: [step("roll", "Roll", sh`make roll`, { undo: sh`make unroll` })],
          recreate: [
            step("recreate", "Recreate", sh`make recreate`, {
              undo: sh`make back`,
              onFailure: [step("tell", "Tell everybody", sh.read`echo failed`)],
            }),
          ],
        }),
        within({ cwd: "web", env: { CI: "1" } }, [
          step("install", "Install", sh`npm ci`, { undo: notNeeded("a folder of packages") }),
          step("log-in", "Log in", sh`registry login --stdin`, {
            undo: sh`registry logout`,
            stdin: p.token,
            env: { TOKEN: p.token },
          }),
        ]),
        parallel("checks", "Check everything", [
          step("lint", "Lint", sh.read`make lint`),
          step("types", "Check the types", sh.read`make types`, { after: ["lint"] }),
        ]),
        repeat("drain", "Drain the queue", { limit: 10, every: seconds(30) }, () => {
          const left = step("left", "Count what is left", sh.read`queue count`, {
            outputs: { count: output.integer() },
          });
          return { body: [left], until: below(left.outputs.count, 1) };
        }),
      ]),
      section(
        "verify",
        "Verify",
        { requires: [step("ready", "Check that it is ready", sh.read`make ready`, { expect: /^ready$/m })] },
        [
          background(
            "forward",
            "Forward a port",
            kubectl.portForward("service/web", "8080:80", { namespace: p.namespace }),
            { ready: "Forwarding from" },
          ),
          background("tunnel", "Open a tunnel", sh`kubectl proxy --port=8001`, {
            ready: sh.read`curl -f localhost:8001`,
            undo: notNeeded("it ends by itself"),
          }),
          find,
          step("logs", "Look at the logs", sh.read`kubectl logs ${find.outputs.pod}`),
          include("verification", verification, { host: "example.org" }),
          manual("assess", "Assess the impact", {
            instructions: "Look at the dashboards.",
            asks: { impact: ask.line("What users see"), level: ask.oneOf("How bad it is", ["low", "high"]) },
            by: "secondPerson",
          }),
          manual("call", "Call the provider", { command: sh.read`dial 555` }),
          step(
            "cache",
            "Warm the cache",
            code(async ({ log }) => log("warm ```` now")),
            { undo: notNeeded("the cache fills itself") },
          ),
          step("tell-chat", "Tell the chat", notify({ channel: "ops" }), { undo: notNeeded("a message") }),
          gate("steady", "Check that the queue stays short", {
            failIf: [queueLength.above(quantity(5))],
            hold: minutes(5),
            delay: seconds(30),
            failures: 2,
          }),
          gate("calm", "Check that all is calm", {
            failIf: [queueLength.above(quantity(9)), latency.above(quantity(3, " s"))],
            hold: minutes(2),
          }),
          table(
            ["Level", "Who"],
            [
              ["1", "on-call | team"],
              ["2", "everybody"],
            ],
          ),
          quoted("curl http://x/{a}", "curl takes `{}` for a pattern"),
        ],
      ),
      section("switch", "Switch", [
        approval("go", text`Switch traffic to ${p.version}`, {
          by: ["release-manager", "cto"],
          quorum: 2,
          validFor: minutes(30),
          secondPerson: true,
        }),
        caution("From here on users are served by it."),
        guard("thresholds", "Watch the thresholds", {
          alerts: [errorRate.above(percent(1)), latency.above(quantity(1, " s"))],
          until: "look",
          onTrip: rollback,
        }),
        step(
          "patch",
          "Switch the ingress",
          sh`kubectl patch ingress/web -n ${p.namespace} -p ${json({ spec: { to: p.version } })}`,
          {
            undo: undoBy("Switch the ingress back", sh`make switch-back && make check`),
            timeout: minutes(1),
            probe: { action: sh.read`make where`, expect: text`at ${p.version}` },
          },
        ),
        watch("pods", "Watch the pods", sh.read`kubectl top pods`, { until: "they stay level" }),
      ]),
      section("validate", "Validate", { undo: undoBy("Clean up what validation left", sh`make clean-validation`) }, [
        wait("rest", "Let it rest", p.patience),
        step("look", "Look at the errors", sh.read`curl -sS 'http://x/q'`, {
          expect: ["success", /ok/],
          timeout: minutes(10),
          added: true,
          corrects: quoted("curl -s http://x/q?{a}", "curl takes `{}` for a pattern"),
        }),
        step("record", "Write a record", sh`make record`),
        step("delete", "Delete the old one", sh.destructive`kubectl delete deployment/old`, {
          undo: irreversible("the old one is gone", {
            instead: { runbook: "verification", title: "Verification", params: { host: "example.org" } },
          }),
        }),
        when(all(is(p.schemaChanged, true), is(p.strategy, "recreate")), [
          step("drop", "Drop the old tables", sh.destructive`make ${"drop"} ${script(sh`echo 'all of it'`)}`, {
            undo: irreversible("the data is gone"),
          }),
        ]),
      ]),
    ];
  },
) as unknown as AnyRunbook;
