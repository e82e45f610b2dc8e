import { notNeeded, runbook, sh, step } from "lockstep";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { development } from "./environments.ts";

export default runbook(
  {
    id: "development-deploy",
    title: "Deployment to development",
    summary: "Builds what is checked out, deploys it to the development environment, and checks that it works there.",
    environments: [development],
    next: ["staging-validation"],
    follows: deploymentProcedures,
  },
  () => [
    step("deploy", "Build and deploy", sh`make deploy-dev`, {
      undo: notNeeded("no users are served there, and the next deployment replaces it"),
    }),
    step("services", "Verify the services", sh.read`make verify-dev`),
    step("smoke", "Run the smoke tests", sh.read`make test-smoke`),
  ],
);
