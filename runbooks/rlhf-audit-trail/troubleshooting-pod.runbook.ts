import { parallel, runbook, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production, staging } from "./environments.ts";
import { anyNamespace, nameOf } from "./parameters.ts";

export default runbook(
  {
    id: "troubleshooting-pod",
    title: "Pod won't start",
    summary: "Finds out why a pod does not start: its events, its logs, what it uses.",
    params: { podName: nameOf("The pod that does not start"), namespace: anyNamespace },
    environments: [staging, production],
    follows: deploymentProcedures,
  },
  ({ podName, namespace }) => [
    // What one of them cannot tell must not keep the others from telling: a pod that never started has no logs.
    parallel("look", "Look at the pod", [
      step("events", "Check the pod's events", kubectl.describe(["pod", podName], { namespace })),
      step("logs", "Check its logs", kubectl.logs(podName, { namespace })),
      step("resources", "Check its resource constraints", kubectl.top.pod(podName, { namespace })),
    ]),
  ],
);
