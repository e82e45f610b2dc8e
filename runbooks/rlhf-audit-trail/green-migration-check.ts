import { output, type Ref, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";

/** Asks a green pod whether a migration is missing. The document names a pod that no cluster has; the first finds one. */
export function greenMigrationCheck(namespace: Ref<string>) {
  const pod = step("green-pod", "Find a green pod", kubectl.get("pods", { namespace }), {
    outputs: {
      name: output.regex(/^(rlhf-audit-trail-green-\S+)\s+\d+\/\d+\s+Running\s/m, {
        example: "rlhf-audit-trail-green-pod",
        gives: "the name",
      }),
    },
    added: true,
  });
  const command = sh`python manage.py migrate --check`;
  return [
    pod,
    step(
      "green-migrations",
      "Check that no migration is missing",
      kubectl.exec.read(pod.outputs.name, command, { interactive: "-it", namespace }),
    ),
  ];
}
