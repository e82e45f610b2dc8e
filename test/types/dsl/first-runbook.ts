import {
  approval,
  caution,
  guard,
  ifCreated,
  irreversible,
  measurement,
  minutes,
  notNeeded,
  output,
  param,
  percent,
  prometheus,
  rollback,
  runbook,
  section,
  sh,
  step,
  text,
  wait,
  when,
} from "../../../dsl/index.ts";
import { kubectl } from "../../../dsl/kubernetes/index.ts";

// The first runbook that somebody writes.
runbook({ id: "hello", title: "Hello" }, () => [
  step("build", "Build", sh`make build`, { undo: notNeeded("nothing that runs is changed") }),
]);

// The example of the design.
const errorRate = measurement("error-rate", "Error rate", {
  measures: "5xx among all responses",
  unit: "%",
  query: sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=rate'`,
  reading: prometheus,
});
runbook(
  {
    id: "production-blue-green",
    title: "Blue-green deployment to production",
    sections: "Phase",
    params: {
      version: param.string({ pattern: "^v\\d+\\.\\d+\\.\\d+$", example: "v1.2.3" }),
      namespace: param.string({ default: "rlhf-production" }),
      schemaChanged: param.boolean({ default: false }),
      patience: param.duration({ default: minutes(10) }),
    },
    onFailure: rollback,
  },
  (p) => {
    const file = "k8s/production/namespace-green.yaml";
    const green = step("green", "Deploy green", kubectl.apply({ file, namespace: p.namespace }), {
      undo: ifCreated(kubectl.delete({ file, ignoreNotFound: true })),
      outputs: { name: output.regex(/^(\S+) created/m, { example: "deployment/green" }) },
      timeout: minutes(5),
    });
    return [
      section("prepare", "Prepare green", [
        green,
        when(p.schemaChanged, [step("migrate", text`Migrate to ${p.version}`, sh`./migrate`, { undo: sh`./back` })]),
      ]),
      section("switch", "Traffic switch", [
        approval("go", text`Switch traffic to ${green.outputs.name}`, { by: ["release-manager"] }),
        caution("From here on users are served by green."),
        guard("thresholds", "Watch the thresholds", {
          alerts: [errorRate.above(percent(1))],
          until: "watch-green",
          onTrip: rollback,
        }),
        step("to-green", "Switch", sh`./switch ${green.outputs.name}`, {
          undo: sh`./switch blue`,
          timeout: minutes(1),
        }),
        wait("watch-green", "Monitor", p.patience),
      ]),
      section("cleanup", "Cleanup", [
        step("delete-blue", "Remove blue", kubectl.delete({ file }), { undo: irreversible("blue is rebuilt") }),
      ]),
    ];
  },
);
