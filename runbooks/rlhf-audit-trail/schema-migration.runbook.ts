import { approval, manual, output, param, runbook, section, sh, step } from "lockstep";
import { backUpDatabase, noBackupInTheWay } from "./database-backup.ts";
import { deploymentProcedures } from "./deployment-procedures.ts";
import { production } from "./environments.ts";
import { migrateProduction, migrateStaging, tryMigration } from "./migrate-database.ts";
import { backup, productionNamespace } from "./parameters.ts";

export default runbook(
  {
    id: "schema-migration",
    title: "Schema migration",
    summary:
      "Generates a migration of the database schema, reviews it, and takes it to a copy of the data, to staging, and in a maintenance window to production.",
    params: {
      name: param.string({
        pattern: "^[a-z][a-z0-9_]*$",
        example: "descriptive_name",
        meaning: "What the migration does, in a word or two",
      }),
      namespace: productionNamespace,
      backup,
    },
    environments: [production],
    requires: ({ backup }) => [noBackupInTheWay(backup)],
    next: ["production-verification"],
    follows: deploymentProcedures,
  },
  ({ name, namespace, backup }) => {
    const generate = step("generate", "Generate the migration", sh`python manage.py makemigrations --name="${name}"`, {
      outputs: {
        file: output.regex(/^\s*(\S*migrations\/\w+\.py)\s*$/m, {
          example: "migrations/XXXX_descriptive_name.py",
          gives: "the file",
        }),
      },
      undo: ({ file }) => sh.destructive`rm -f ${file}`,
    });
    return [
      section("write", "Migration", [
        generate,
        step("show", "Show the migration file", sh.read`cat ${generate.outputs.file}`),
        manual("review", "Review the migration file", {
          instructions:
            "It changes what was meant and nothing else, and the version that runs now can work with the new schema.",
          by: "secondPerson",
        }),
      ]),
      section("try", "Trial", [
        tryMigration("Test the migration on the copy of the production data"),
        migrateStaging(),
      ]),
      section("apply", "Production", [
        approval("go", "Migrate the production database in this maintenance window", {
          by: ["release-manager"],
          added: true,
        }),
        ...backUpDatabase({ namespace, backup }, { added: true }),
        ...migrateProduction("Apply the migration to production", namespace),
      ]),
    ];
  },
);
