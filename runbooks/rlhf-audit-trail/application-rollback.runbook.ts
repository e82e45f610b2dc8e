import { ask, choose, manual, minutes, note, notNeeded, runbook, step, text } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production, staging } from "./environments.ts";
import { deployment, productionNamespace, rollbackTarget } from "./parameters.ts";

const forward = notNeeded("the newer version comes back by the runbook that deployed it");

export default runbook(
  {
    id: "application-rollback",
    title: "Application rollback",
    summary: "Takes the application back to the version before, or to any version that its history still has.",
    params: { deployment, namespace: productionNamespace, target: rollbackTarget },
    environments: [staging, production],
    next: ["production-verification"],
    follows: deploymentProcedures,
  },
  (p) => {
    const deployment = text`deployment/${p.deployment}`;
    const { namespace } = p;
    const pick = manual("pick", "Pick a revision of the history", {
      asks: { revision: ask.line("The number of the revision", { example: "2" }) },
      added: true,
    });
    return [
      note("A history with one revision has nothing to go back to: deploy the version before again."),
      step("history", "Check the deployment history", kubectl.rollout.history(deployment, { namespace }), {
        expect: "REVISION",
      }),
      choose("way", p.target, {
        previous: [
          step("undo-rollout", "Roll back to the previous version", kubectl.rollout.undo(deployment, { namespace }), {
            undo: forward,
          }),
        ],
        revision: [
          pick,
          step(
            "undo-to-revision",
            "Roll back to that revision",
            kubectl.rollout.undo(deployment, { toRevision: pick.outputs.revision, namespace }),
            { undo: forward },
          ),
        ],
      }),
      step("rollout", "Monitor the rollback", kubectl.rollout.status(deployment, { namespace }), {
        expect: "successfully rolled out",
        timeout: minutes(10),
      }),
    ];
  },
);
