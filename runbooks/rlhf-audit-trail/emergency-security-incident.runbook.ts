import { ask, caution, manual, runbook } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";

export default runbook(
  {
    id: "emergency-security-incident",
    title: "Security incident during a deployment",
    summary: "Halts the deployment, contains the incident, and hands it to the security team with its evidence intact.",
    next: ["emergency-deployment-failure"],
    follows: deploymentProcedures,
  },
  () => [
    manual("halt", "Halt deployment immediately", {
      instructions: 'End the run, and pause the rollout: step 1.1 of "Deployment failure", linked below.',
    }),
    caution("Isolate, but do not delete or restart: a pod that is gone takes its evidence with it."),
    manual("isolate", "Isolate affected systems", {
      asks: { systems: ask.line("Which systems, and how they were isolated") },
    }),
    manual("notify", "Notify security team", { asks: { contact: ask.line("Who was told, and when") } }),
    manual("evidence", "Preserve evidence", {
      instructions: "Logs, images, audit records and the record of the run.",
      asks: { place: ask.line("Where the evidence is kept") },
    }),
    manual("respond", "Follow the incident response procedures"),
  ],
);
