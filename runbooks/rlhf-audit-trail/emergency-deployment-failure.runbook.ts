import {
  ask,
  choose,
  include,
  manual,
  minutes,
  note,
  notNeeded,
  quoted,
  runbook,
  section,
  step,
  text,
  undoBy,
} from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import applicationRollback from "./application-rollback.runbook.ts";
import { deploymentProcedures, namespaceMissing } from "./deployment-procedures.ts";
import { production, staging } from "./environments.ts";
import { deployment, productionNamespace, rollbackTarget } from "./parameters.ts";

export default runbook(
  {
    id: "emergency-deployment-failure",
    title: "Deployment failure",
    summary: "Stops a deployment that goes wrong, finds out what it does to users, and repairs it or takes it back.",
    params: { deployment, namespace: productionNamespace, target: rollbackTarget },
    environments: [staging, production],
    follows: deploymentProcedures,
  },
  (p) => {
    const { namespace } = p;
    const deployment = text`deployment/${p.deployment}`;
    const pause = kubectl.rollout.pause(deployment, { namespace });
    const resume = kubectl.rollout.resume(deployment, { namespace });
    const decide = manual("decide", "Decide on a quick fix or a rollback, depending on issue severity", {
      instructions: "Roll back if users are harmed, or if the cause is not known.",
      asks: { answer: ask.oneOf("The way out", ["quick-fix", "rollback"]) },
    });
    return [
      section("stop", "Stop deployment", [
        note(
          "If a blue-green deployment has switched the traffic already, roll that run back instead (`production-blue-green`, Rollback): pausing does not bring the users back to blue.",
        ),
        step("pause", "Pause the rollout", pause, {
          undo: undoBy("Resume the rollout", resume),
          corrects: quoted("kubectl rollout pause deployment/rlhf-audit-trail", namespaceMissing),
        }),
      ]),
      section("impact", "Assess impact", [
        manual("dashboards", "Check monitoring dashboards", {
          asks: { impact: ask.paragraph("What users see, and since when") },
        }),
      ]),
      section("answer", "Quick fix or rollback", [
        decide,
        choose("way-out", decide.outputs.answer, {
          "quick-fix": [
            manual("fix", "Fix the cause while the rollout is paused", {
              asks: { fix: ask.paragraph("What was changed") },
              added: true,
            }),
            step("resume-fixed", "Resume the rollout", resume, {
              undo: notNeeded("the fixed version is what shall run"),
              added: true,
            }),
            step("fixed", "Wait for the rollout", kubectl.rollout.status(deployment, { namespace }), {
              expect: "successfully rolled out",
              timeout: minutes(10),
              added: true,
            }),
          ],
          rollback: [
            note("kubectl refuses to roll back a deployment that is paused."),
            step("resume", "Resume the rollout", resume, {
              undo: notNeeded("the next step takes it back"),
              added: true,
            }),
            include("back", applicationRollback, { deployment: p.deployment, namespace, target: p.target }),
          ],
        }),
      ]),
      section("communication", "Communication", [manual("stakeholders", "Update stakeholders")]),
      section("investigation", "Investigation", [
        manual("root-cause", "Analyse the root cause", {
          asks: { cause: ask.paragraph("Root cause analysis") },
        }),
      ]),
    ];
  },
);
