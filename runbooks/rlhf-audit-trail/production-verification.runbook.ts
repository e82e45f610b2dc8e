import { runbook, section, sh, step } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";

export default runbook(
  {
    id: "production-verification",
    title: "Production verification",
    summary: "Checks from outside that production is healthy and keeps its promises: audit, privacy, compliance.",
    next: ["post-deployment-tasks"],
    follows: deploymentProcedures,
  },
  () => [
    section("health", "Health", [
      step("health-check", "Check the health", sh.read`curl -f https://api.rlhf-audit-trail.com/health`),
      step("api", "Check the API", sh.read`curl -f https://api.rlhf-audit-trail.com/api/v1/status`),
    ]),
    section("promises", "Audit, privacy and compliance", [
      step(
        "audit",
        "Verify the integrity of the audit trail",
        sh.read`curl -f https://api.rlhf-audit-trail.com/api/v1/audit/integrity/verify`,
      ),
      step(
        "privacy",
        "Check the status of the privacy engine",
        sh.read`curl -f https://api.rlhf-audit-trail.com/api/v1/privacy/status`,
      ),
      step(
        "compliance",
        "Check the compliance status",
        sh.read`curl -f https://api.rlhf-audit-trail.com/api/v1/compliance/status`,
      ),
    ]),
    section("performance", "Performance", [
      step("metrics", "Read the performance metrics", sh.read`curl -f https://api.rlhf-audit-trail.com/metrics`),
    ]),
  ],
);
