import { approval, guard, minutes, output, rollback, runbook, section, step, text, undoBy, wait } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { productionNamespace, version } from "./parameters.ts";
import { preProductionGates } from "./pre-production-gates.ts";
import { allThresholds } from "./thresholds.ts";

const name = "rlhf-audit-trail";
const deployment = `deployment/${name}`;
const image = { jsonpath: "{.spec.template.spec.containers[0].image}" };

export default runbook(
  {
    id: "production-rolling",
    title: "Rolling deployment to production",
    summary:
      "Replaces the pods of the running version one after the other. The alternative to blue-green: it needs no second environment, and users meet the new version from the first pod on.",
    params: { version, namespace: productionNamespace },
    environments: [production],
    requires: [preProductionGates()],
    next: ["production-verification", "post-deployment-tasks"],
    follows: deploymentProcedures,
  },
  ({ version, namespace }) => {
    const before = step(
      "current-image",
      "Note the image that runs now",
      kubectl.get(["deployment", name], { namespace, output: image }),
      { outputs: { image: output.text({ example: `${name}:v1.2.2`, gives: "the image" }) }, added: true },
    );
    return [
      section("prepare", "Preparation", [
        before,
        approval("go", text`Replace the pods of production (${version})`, { by: ["release-manager"], added: true }),
      ]),
      section("update", "Rolling update", [
        guard("thresholds", "Watch the alert thresholds", {
          alerts: allThresholds(namespace),
          until: "monitor",
          onTrip: rollback,
        }),
        step(
          "set-image",
          "Update the deployment",
          kubectl.set.image(deployment, { [name]: text`${name}:${version}` }, { namespace }),
          {
            undo: undoBy(
              "Set the image back",
              [
                kubectl.set.image(deployment, { [name]: before.outputs.image }, { namespace }),
                kubectl.rollout.status(deployment, { namespace }),
              ],
              { idempotent: true },
            ),
            probe: {
              action: kubectl.get(["deployment", name], { namespace, output: image }),
              expect: text`${name}:${version}`,
            },
            timeout: minutes(1),
          },
        ),
        step("rollout", "Monitor the rolling update", kubectl.rollout.status(deployment, { namespace }), {
          expect: `deployment "${name}" successfully rolled out`,
          timeout: minutes(10),
        }),
        step("pods", "Verify the new pods", kubectl.get("pods", { selector: `app=${name}`, namespace }), {
          expect: "Running",
        }),
        wait("monitor", "Monitor for 10 minutes", minutes(10), { added: true }),
      ]),
    ];
  },
);
