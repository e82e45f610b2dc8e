import { quoted, runbook, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures, namespaceMissing } from "./deployment-procedures.ts";
import { production, staging } from "./environments.ts";
import { anyNamespace, nameOf } from "./parameters.ts";

export default runbook(
  {
    id: "troubleshooting-database",
    title: "Database connection issues",
    summary: "Finds out why the application does not reach its database: the pod, the service, the connection.",
    params: { appPod: nameOf("A running pod of the application"), namespace: anyNamespace },
    environments: [staging, production],
    follows: deploymentProcedures,
  },
  ({ appPod, namespace }) => [
    step("pod", "Check the database pod", kubectl.get("pods", { selector: "app=postgresql", namespace }), {
      expect: "Running",
    }),
    step("service", "Check its service", kubectl.get(["svc", "postgresql"], { namespace })),
    step(
      "connection",
      "Test the connection from the application",
      kubectl.exec.read(appPod, sh`pg_isready -h postgresql -p 5432`, { interactive: "-it", namespace }),
      {
        expect: "accepting connections",
        corrects: quoted("kubectl exec -it <app-pod> -- pg_isready -h postgresql -p 5432", namespaceMissing),
      },
    ),
  ],
);
