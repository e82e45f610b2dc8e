import {
  approval,
  background,
  caution,
  group,
  guard,
  ifCreated,
  irreversible,
  minutes,
  notNeeded,
  param,
  quoted,
  rollback,
  runbook,
  seconds,
  section,
  sh,
  step,
  text,
  undoBy,
  wait,
  watch,
  when,
} from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { curlReadsPatterns, deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { greenMigrationCheck } from "./green-migration-check.ts";
import { pointIngressTo, servedBy } from "./ingress-backend.ts";
import { productionNamespace, version } from "./parameters.ts";
import { preProductionGates } from "./pre-production-gates.ts";
import { allThresholds } from "./thresholds.ts";

const blue = "rlhf-audit-trail-blue";
const green = "rlhf-audit-trail-green";
const manifest = (name: string) => `k8s/production/${name}-green.yaml`;
const deleteCreated = (name: string, title?: string) =>
  ifCreated(kubectl.delete({ file: manifest(name), ignoreNotFound: true }), title === undefined ? {} : { title });

export default runbook(
  {
    id: "production-blue-green",
    title: "Blue-green deployment to production",
    summary:
      "Starts the new version (green) beside the running one (blue), checks it, switches all traffic to it, and deletes blue after ten minutes without an alert. Until blue is deleted, going back is one command.",
    sections: "Phase",
    params: {
      version,
      schemaChanged: param.boolean({ default: false, phrase: "the schema changes", meaning: "The schema changes" }),
      namespace: productionNamespace,
    },
    environments: [production],
    requires: (p) => [
      preProductionGates(),
      step("blue-serves", "Check that blue serves the users", servedBy(p.namespace), { expect: blue, added: true }),
      step("manifest", "Check that the manifest names the version", sh.read`grep image: ${manifest("deployment")}`, {
        expect: text`rlhf-audit-trail:${p.version}`,
        added: true,
      }),
    ],
    next: ["production-verification", "post-deployment-tasks"],
    follows: deploymentProcedures,
  },
  (p) => [
    section("prepare", "Prepare green", { onFailure: rollback }, [
      step("green-namespace", "Create the green namespace", kubectl.apply({ file: manifest("namespace") }), {
        undo: notNeeded("an empty namespace does no harm"),
      }),
      group("Deploy the green infrastructure", { undoTitle: "Delete the green infrastructure" }, [
        step("green-configmaps", "Deploy the green config maps", kubectl.apply({ file: manifest("configmaps") }), {
          undo: deleteCreated("configmaps"),
        }),
        step("green-secrets", "Deploy the green secrets", kubectl.apply({ file: manifest("secrets") }), {
          undo: deleteCreated("secrets"),
        }),
      ]),
      when(p.schemaChanged, [
        step("green-database", "Deploy the green database", kubectl.apply({ file: manifest("postgresql") }), {
          undo: notNeeded("may hold what users wrote on green"),
        }),
      ]),
      step("green-application", "Deploy the green application", kubectl.apply({ file: manifest("deployment") }), {
        undo: deleteCreated("deployment", "Delete the green application"),
      }),
      step(
        "green-rollout",
        "Wait for green",
        kubectl.rollout.status(`deployment/${green}`, { namespace: p.namespace }),
        { expect: `deployment "${green}" successfully rolled out`, timeout: minutes(10) },
      ),
    ]),

    section("verify", "Verify green", { onFailure: rollback }, [
      background(
        "forward",
        "Forward port 8080 to green",
        kubectl.portForward(`service/${green}`, "8080:8000", { namespace: p.namespace }),
        { ready: "Forwarding from 127.0.0.1:8080" },
      ),
      step("green-health", "Check the health of green", sh.read`curl -f http://localhost:8080/health`),
      when(p.schemaChanged, greenMigrationCheck(p.namespace)),
      step("green-smoke", "Run the smoke tests against green", sh.read`make test-smoke-green`),
    ]),

    section("switch", "Traffic switch", [
      approval("go", text`Switch traffic to green (${p.version})`, { by: ["release-manager"], added: true }),
      caution("From here on users are served by green."),
      guard("thresholds", "Watch the alert thresholds", {
        alerts: allThresholds(p.namespace),
        until: "production-metrics",
        onTrip: rollback,
      }),
      step("to-green", "Point the ingress to green", pointIngressTo(green, p.namespace), {
        undo: undoBy(
          "Point the ingress back to blue",
          [pointIngressTo(blue, p.namespace), sh.read`curl -f https://api.rlhf-audit-trail.com/health`],
          { idempotent: true },
        ),
        probe: { action: servedBy(p.namespace), expect: green },
        timeout: minutes(1),
      }),
      watch("watch-pods", "Watch the pods", kubectl.top.pods({ namespace: p.namespace }), {
        until: "CPU and memory stay level",
        interval: seconds(5),
      }),
      step(
        "errors",
        "Look at the 5xx responses per second",
        sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=rate(http_requests_total{status=~"5.."}[5m])'`,
        {
          expect: '"status":"success"',
          corrects: quoted(
            `curl -s http://prometheus:9090/api/v1/query?query='rate(http_requests_total{status=~"5.."}[5m])'`,
            curlReadsPatterns,
          ),
        },
      ),
    ]),

    section("validate", "Validation and cleanup", [
      wait("monitor", "Monitor for 10 minutes", minutes(10)),
      step("production-metrics", "Check error rates and performance", sh.read`make verify-production-metrics`),
      step("delete-blue", "Delete blue", kubectl.delete(["deployment", blue], { namespace: p.namespace }), {
        undo: irreversible("blue is deleted, and with it the quick way back", {
          instead: { runbook: "application-rollback", title: "Application rollback", params: { deployment: green } },
        }),
      }),
      step(
        "label",
        "Label green as blue for the next deployment",
        kubectl.label(
          ["deployment", green],
          { "deployment-color": "blue" },
          { namespace: p.namespace, overwrite: true },
        ),
        { undo: notNeeded("only a label") },
      ),
    ]),
  ],
);
