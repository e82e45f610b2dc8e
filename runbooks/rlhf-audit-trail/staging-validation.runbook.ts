import { note, runbook, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { staging } from "./environments.ts";
import { stagingNamespace } from "./parameters.ts";

export default runbook(
  {
    id: "staging-validation",
    title: "Pre-staging validation",
    summary: "Checks manifests, quotas and secrets before anything is deployed to staging. Changes nothing.",
    params: { namespace: stagingNamespace },
    environments: [staging],
    next: ["staging-deployment"],
    follows: deploymentProcedures,
  },
  ({ namespace }) => [
    step("configuration", "Validate the configuration", kubectl.apply({ dryRun: "client", file: "k8s/staging/" })),
    step("quotas", "Check the resource quotas", kubectl.describe("quota", { namespace })),
    note("The next command lists the names of the secrets and how many values each holds, never the values."),
    step("secrets", "Check that the secrets are there", kubectl.get("secrets", { namespace })),
  ],
);
