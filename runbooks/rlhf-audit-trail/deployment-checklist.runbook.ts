import { ask, checklist, manual, runbook, text } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { version } from "./parameters.ts";

export default runbook(
  {
    id: "deployment-checklist",
    title: "Deployment checklist",
    summary:
      "The record of one deployment, filled in as it goes. The report of the run is the finished checklist, with the date, who ticked what, and what was learned.",
    params: { version },
    follows: deploymentProcedures,
  },
  ({ version }) => [
    checklist("pre-deployment", "Pre-Deployment", [
      "Code review complete",
      "Tests passing",
      "Security scan clean",
      "Change approval received",
      "Rollback plan prepared",
      "Team notified",
    ]),
    checklist("deployment", text`Deployment of ${version}`, [
      "Staging deployment successful",
      "Production deployment started",
      "Health checks passing",
      "Metrics looking normal",
      "Core functionality verified",
    ]),
    checklist("post-deployment", "Post-Deployment", [
      "Performance stable",
      "Error rates normal",
      "Business metrics healthy",
      "Team notified of success",
      "Documentation updated",
    ]),
    manual("issues", "Document any issues and resolutions", {
      asks: { issues: ask.paragraph("Issues encountered") },
    }),
    manual("lessons", "Document improvements for next deployment", {
      asks: { lessons: ask.paragraph("Lessons learned") },
    }),
  ],
);
