import { runbook, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { staging } from "./environments.ts";
import { stagingNamespace } from "./parameters.ts";

export default runbook(
  {
    id: "staging-verification",
    title: "Staging verification",
    summary: "Checks that staging is healthy, and that the application, its interface and its database work together.",
    params: { namespace: stagingNamespace },
    environments: [staging],
    next: ["production-gates"],
    follows: deploymentProcedures,
  },
  ({ namespace }) => [
    step("health", "Check the health", sh.read`curl -f https://staging.rlhf-audit-trail.example.com/health`),
    step("api", "Check the API", sh.read`curl -f https://staging.rlhf-audit-trail.example.com/api/v1/status`),
    step(
      "database",
      "Check that the database accepts connections",
      kubectl.exec.read("postgresql-0", sh`pg_isready`, { interactive: "-it", namespace }),
      { expect: "accepting connections" },
    ),
    step("integration", "Run the integration tests", sh.read`make test-integration-staging`),
  ],
);
