import { caution, irreversible, notNeeded, type Ref, sh, step } from "lockstep";
import { kubectl } from "lockstep/kubernetes";

const migrate = sh`python manage.py migrate`;

/** Tries the migrations on the copy of the production data. */
export function tryMigration(title: string) {
  return step("test", title, sh`python manage.py migrate --database=test_db`, {
    undo: notNeeded("only the copy is changed"),
  });
}

/** Runs the migrations in staging. */
export function migrateStaging() {
  return step(
    "migrate-staging",
    "Apply the migration to staging",
    kubectl.exec.write("postgresql-0", migrate, { interactive: "-it", namespace: "rlhf-staging" }),
    { undo: irreversible("a migration may change or drop data, and staging has no backup") },
  );
}

/** Runs the migrations in production; the way back is the backup. */
export function migrateProduction(title: string, namespace: Ref<string>) {
  return [
    caution("What users write from here on is lost if the backup has to be restored."),
    step("migrate-production", title, kubectl.exec.write("postgresql-0", migrate, { interactive: "-it", namespace }), {
      undo: irreversible("a migration may change or drop data; only the backup brings it back", {
        instead: { runbook: "database-rollback", title: "Database rollback" },
      }),
    }),
  ];
}
