import { quoted, runbook, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures, namespaceMissing } from "./deployment-procedures.ts";
import { production, staging } from "./environments.ts";
import { anyNamespace, nameOf } from "./parameters.ts";

export default runbook(
  {
    id: "troubleshooting-service",
    title: "Service unreachable",
    summary: "Finds out where the way to a service ends: the service, its endpoints, its name.",
    params: {
      podName: nameOf("A running pod to ask from"),
      serviceName: nameOf("The service that is not reached"),
      namespace: anyNamespace,
    },
    environments: [staging, production],
    follows: deploymentProcedures,
  },
  ({ podName, serviceName, namespace }) => [
    step("service", "Check the service", kubectl.get("svc", { namespace }), { expect: serviceName }),
    step("endpoints", "Check its endpoints", kubectl.get("endpoints", { namespace }), { expect: serviceName }),
    step(
      "connectivity",
      "Test whether a pod finds it by name",
      kubectl.exec.read(podName, sh`nslookup ${serviceName}`, { interactive: "-it", namespace }),
      { corrects: quoted("kubectl exec -it <pod-name> -- nslookup <service-name>", namespaceMissing) },
    ),
  ],
);
