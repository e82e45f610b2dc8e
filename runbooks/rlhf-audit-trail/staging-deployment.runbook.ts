import {
  group,
  ifCreated,
  irreversible,
  minutes,
  note,
  notNeeded,
  runbook,
  seconds,
  section,
  sh,
  step,
} from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { staging } from "./environments.ts";
import { stagingNamespace } from "./parameters.ts";

const manifest = (name: string) => `k8s/staging/${name}.yaml`;
const apply = (name: string) => kubectl.apply({ file: manifest(name) });
const deleteCreated = (name: string) => ifCreated(kubectl.delete({ file: manifest(name), ignoreNotFound: true }));

export default runbook(
  {
    id: "staging-deployment",
    title: "Deployment to staging",
    summary:
      "Deploys infrastructure, database and application to staging, with the database migrated before the application starts.",
    params: { namespace: stagingNamespace },
    environments: [staging],
    next: ["staging-verification"],
    follows: deploymentProcedures,
  },
  ({ namespace }) => [
    section("infrastructure", "Infrastructure", [
      step("namespace", "Create the namespace", apply("namespace"), {
        undo: notNeeded("an empty namespace does no harm"),
      }),
      group("Deploy the configuration", { undoTitle: "Delete the configuration" }, [
        step("configmaps", "Deploy the config maps", apply("configmaps"), { undo: deleteCreated("configmaps") }),
        step("secrets", "Deploy the secrets", apply("secrets"), { undo: deleteCreated("secrets") }),
      ]),
    ]),
    section("database", "Database", [
      step("postgresql", "Deploy the database", apply("postgresql"), {
        undo: notNeeded("it may hold data of others by now"),
      }),
      step(
        "postgresql-ready",
        "Wait for the database",
        kubectl.wait("pod", {
          for: "condition=Ready",
          selector: "app=postgresql",
          namespace,
          timeout: seconds(300),
        }),
        // Right after `apply` there is no pod yet, and kubectl does not wait for what is not there.
        { expect: "condition met", retry: { attempts: 3, every: seconds(5) } },
      ),
      step(
        "migrate",
        "Run the database migrations",
        kubectl.exec.write("postgresql-0", sh`python manage.py migrate`, { interactive: "-it", namespace }),
        { undo: irreversible("a migration may change or drop data, and staging has no backup") },
      ),
    ]),
    section("application", "Application", [
      note(
        "What ran here before is only changed by the next commands, and their undo leaves it: take it back with `application-rollback` and `namespace=rlhf-staging`.",
      ),
      group("Deploy the application", { undoTitle: "Delete the application" }, [
        step("deployment", "Deploy the pods", apply("deployment"), { undo: deleteCreated("deployment") }),
        step("service", "Deploy the service", apply("service"), { undo: deleteCreated("service") }),
        step("ingress", "Deploy the ingress", apply("ingress"), { undo: deleteCreated("ingress") }),
      ]),
      step("rollout", "Wait for the rollout", kubectl.rollout.status("deployment/rlhf-audit-trail", { namespace }), {
        expect: 'deployment "rlhf-audit-trail" successfully rolled out',
        timeout: minutes(10),
      }),
      step("pods", "Verify the pods", kubectl.get("pods", { namespace }), { expect: "Running" }),
    ]),
  ],
);
