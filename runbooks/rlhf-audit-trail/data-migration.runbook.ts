import { approval, manual, notNeeded, param, runbook, section, sh, step } from "lockstep";
import { backUpDatabase, noBackupInTheWay } from "./database-backup.ts";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { migrateProduction, tryMigration } from "./migrate-database.ts";
import { backup, productionNamespace } from "./parameters.ts";

const identifier = "^[a-z][a-z0-9_]*$";

export default runbook(
  {
    id: "data-migration",
    title: "Data migration",
    summary:
      "Creates a migration that changes data, tries it on a copy, and applies it to production after a backup. The way back is that backup.",
    params: {
      name: param.string({
        pattern: identifier,
        example: "data_migration_name",
        meaning: "What the migration does, in a word or two",
      }),
      app: param.string({ pattern: identifier, example: "app_name", meaning: "The Django app that it belongs to" }),
      namespace: productionNamespace,
      backup,
    },
    environments: [production],
    requires: ({ backup }) => [noBackupInTheWay(backup)],
    next: ["production-verification"],
    follows: deploymentProcedures,
  },
  ({ name, app, namespace, backup }) => [
    section("write", "Migration", [
      step("create", "Create the data migration", sh`python manage.py makemigrations --empty --name="${name}" ${app}`, {
        undo: notNeeded("an empty migration changes nothing; delete its file yourself"),
      }),
      manual("fill", "Write into the file how the data changes, and how it changes back", { added: true }),
    ]),
    section("try", "Trial", [tryMigration("Test the data migration on the copy of the production data")]),
    section("apply", "Production", [
      approval("go", "Migrate the production data", { by: ["release-manager"], added: true }),
      ...backUpDatabase({ namespace, backup }),
      ...migrateProduction("Apply the data migration", namespace),
    ]),
  ],
);
