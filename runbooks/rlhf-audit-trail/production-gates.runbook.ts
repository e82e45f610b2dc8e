import { runbook } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { preProductionGates } from "./pre-production-gates.ts";

export default runbook(
  {
    id: "production-gates",
    title: "Pre-production gates",
    summary:
      "What must hold before anything is deployed to production. Both deployment runbooks ask for the same gates before they begin; go through them here when you want to know early.",
    next: ["production-blue-green", "production-rolling"],
    follows: deploymentProcedures,
  },
  () => [preProductionGates()],
);
