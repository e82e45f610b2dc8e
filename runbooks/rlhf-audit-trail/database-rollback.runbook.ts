import {
  approval,
  irreversible,
  minutes,
  notNeeded,
  param,
  runbook,
  seconds,
  section,
  sh,
  step,
  undoBy,
} from "lockstep";
import { kubectl } from "lockstep/kubernetes";
import { backupIsComplete } from "./database-backup.ts";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { backup, productionNamespace } from "./parameters.ts";

const application = "deployment/rlhf-audit-trail";
const database = "postgresql-0";

export default runbook(
  {
    id: "database-rollback",
    title: "Database rollback",
    summary:
      "Replaces the production database by a backup. The application is down meanwhile, and what was written since the backup is lost.",
    params: {
      namespace: productionNamespace,
      backup,
      replicas: param.integer({ default: 3, min: 1, meaning: "How many replicas of the application run" }),
    },
    environments: [production],
    requires: ({ backup }) => [backupIsComplete(backup)],
    next: ["production-verification"],
    follows: deploymentProcedures,
  },
  ({ namespace, backup, replicas }) => {
    const restart = kubectl.scale(application, { replicas, namespace });
    return [
      section("stop", "Stop the application", [
        step(
          "scale-down",
          "Stop the application, so that nothing more is written",
          kubectl.scale(application, { replicas: 0, namespace }),
          { undo: undoBy("Start the application again", restart, { idempotent: true }) },
        ),
        step(
          "pods-gone",
          "Wait until no pod of it is left",
          kubectl.wait("pod", {
            for: "delete",
            selector: "app=rlhf-audit-trail",
            namespace,
            timeout: seconds(300),
          }),
          { added: true },
        ),
      ]),
      section("restore", "Restore the backup", [
        approval("go", "Drop the production database and restore the backup", { by: ["release-manager"], added: true }),
        step(
          "drop",
          "Drop the database",
          kubectl.exec.destructive(database, sh`psql -U postgres -c "DROP DATABASE IF EXISTS rlhf_audit;"`, {
            interactive: "-it",
            namespace,
          }),
          { undo: irreversible("what was written since the backup is lost") },
        ),
        step(
          "create",
          "Create the database anew",
          kubectl.exec.write(database, sh`psql -U postgres -c "CREATE DATABASE rlhf_audit;"`, {
            interactive: "-it",
            namespace,
          }),
          { undo: notNeeded("an empty database does no harm") },
        ),
        step(
          "load",
          "Restore the backup",
          kubectl.exec.write(database, sh`psql -U postgres rlhf_audit`, {
            interactive: "-i",
            namespace,
            stdinFrom: backup,
          }),
          { undo: notNeeded("the database was created empty for it") },
        ),
        step(
          "restored",
          "Check that the tables are back",
          kubectl.exec.read(database, sh`psql -U postgres rlhf_audit -c "\dt django_migrations"`, { namespace }),
          { expect: "public | django_migrations", added: true },
        ),
      ]),
      section("start", "Restart the application", [
        step("scale-up", "Start the application again", restart, {
          undo: notNeeded("it runs as it ran before"),
        }),
        step("rollout", "Wait for its pods", kubectl.rollout.status(application, { namespace }), {
          expect: "successfully rolled out",
          timeout: minutes(10),
          added: true,
        }),
      ]),
    ];
  },
);
