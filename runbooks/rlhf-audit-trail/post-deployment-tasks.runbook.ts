import { check, checklist, runbook, sh } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";

const api = "https://api.rlhf-audit-trail.com";
const answers = (path: string) => sh.read`curl -f ${api + path}`;

export default runbook(
  {
    id: "post-deployment-tasks",
    title: "Post-deployment tasks",
    summary: "What is left to do in the day after a deployment, in three windows of time counted from its end.",
    next: ["deployment-checklist"],
    follows: deploymentProcedures,
  },
  () => [
    checklist("immediate", "Immediate (0-30 minutes)", [
      check("Verify all services healthy", answers("/health")),
      check("Check error rates", sh.read`make verify-production-metrics`),
      "Monitor performance metrics",
      "Validate core functionality",
      "Update status page",
    ]),
    checklist("short-term", "Short-term (30 minutes - 2 hours)", [
      "Run full test suite",
      "Monitor business metrics",
      check("Check audit trail integrity", answers("/api/v1/audit/integrity/verify")),
      check("Validate compliance status", answers("/api/v1/compliance/status")),
      "Review logs for errors",
    ]),
    checklist("medium-term", "Medium-term (2-24 hours)", [
      "Performance analysis",
      "User feedback collection",
      "Resource utilization review",
      "Security scan results",
      "Compliance verification",
    ]),
  ],
);
