import { background, gate, minutes, parallel, quoted, runbook, section, sh, step, text } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { curlReadsPatterns, deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { productionNamespace, service } from "./parameters.ts";
import { deploymentThresholds } from "./thresholds.ts";

const answered = '"status":"success"';

export default runbook(
  {
    id: "monitoring",
    title: "Monitoring during a deployment",
    summary:
      "Looks at the metrics of the application, the system and the business, and holds the five alert thresholds for five minutes.",
    params: { namespace: productionNamespace, service },
    environments: [production],
    follows: deploymentProcedures,
  },
  ({ namespace, service }) => {
    const thresholds = deploymentThresholds(namespace);
    const hold = minutes(5);
    return [
      section("application", "Application metrics", [
        step(
          "requests",
          "Look at the requests per second",
          sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=rate(http_requests_total[5m])'`,
          {
            expect: answered,
            corrects: quoted(
              "curl -s http://prometheus:9090/api/v1/query?query='rate(http_requests_total[5m])'",
              curlReadsPatterns,
            ),
          },
        ),
        step(
          "durations",
          "Look at the response times",
          sh.read`curl -s http://prometheus:9090/api/v1/query?query='http_request_duration_seconds_bucket'`,
          { expect: answered },
        ),
        step(
          "up",
          "Look at which instances are up",
          sh.read`curl -sSG http://prometheus:9090/api/v1/query --data-urlencode 'query=up{job="rlhf-audit-trail"}'`,
          {
            expect: answered,
            corrects: quoted(
              `curl -s http://prometheus:9090/api/v1/query?query='up{job="rlhf-audit-trail"}'`,
              curlReadsPatterns,
            ),
          },
        ),
      ]),
      section("system", "System metrics", [
        step("nodes", "Look at the load of the nodes", kubectl.top.nodes()),
        step("pods", "Look at the load of the pods", kubectl.top.pods({ namespace })),
      ]),
      section("business", "Business metrics", [
        background(
          "forward",
          "Forward port 8000 to the application",
          kubectl.portForward(text`service/${service}`, "8000:8000", { namespace }),
          { ready: "Forwarding from 127.0.0.1:8000", added: true },
        ),
        step(
          "business-metrics",
          "Look at the business metrics",
          sh.read`curl -s http://localhost:8000/api/v1/metrics/business`,
        ),
      ]),
      section("thresholds", "Alert thresholds", [
        parallel("hold", "Hold the thresholds for 5 minutes", [
          gate("error-rate-holds", "Check the error rate", { failIf: [thresholds.errorRate], hold }),
          gate("response-time-holds", "Check the response time", { failIf: [thresholds.responseTime], hold }),
          gate("cpu-usage-holds", "Check the CPU usage", { failIf: [thresholds.cpuUsage], hold }),
          gate("memory-usage-holds", "Check the memory usage", { failIf: [thresholds.memoryUsage], hold }),
          gate("database-connections-hold", "Check the database connections", {
            failIf: [thresholds.databaseConnections],
            hold,
          }),
        ]),
      ]),
    ];
  },
);
