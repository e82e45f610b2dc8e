import { param } from "lockstep";

const dnsLabel = "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$";

/** The version to deploy. */
export const version = param.string({
  pattern: "^v\\d+\\.\\d+\\.\\d+$",
  example: "v1.2.3",
  meaning: "The version to deploy",
});

const namespaceOptions = { pattern: dnsLabel, meaning: "The Kubernetes namespace" } as const;
/** A namespace that must be named. */
export const anyNamespace = param.string(namespaceOptions);
/** The namespace of production, unless another is named. */
export const productionNamespace = param.string({ default: "rlhf-production", ...namespaceOptions });
/** The namespace of staging, unless another is named. */
export const stagingNamespace = param.string({ default: "rlhf-staging", ...namespaceOptions });

/** The deployment of the application; after a blue-green switch it has another name. */
export const deployment = param.string({
  default: "rlhf-audit-trail",
  pattern: dnsLabel,
  meaning: "The deployment of the application",
});

/** The service of the application; after a blue-green switch it has another name. */
export const service = param.string({
  default: "rlhf-audit-trail",
  pattern: dnsLabel,
  meaning: "The service of the application",
});

/** Where a rollback of the application goes. */
export const rollbackTarget = param.oneOf(["previous", "revision"], {
  default: "previous",
  meaning: "The version before, or one that is picked from the history",
});

/** The name of something in a namespace, such as a pod. */
export function nameOf(what: string) {
  return param.string({ pattern: "^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$", meaning: what });
}

/** The file that holds the dump of the database. */
export const backup = param.string({
  default: "backup_pre_migration.sql",
  pattern: "^[A-Za-z0-9_./][A-Za-z0-9_./-]*$",
  meaning: "The file of the backup, on this machine",
});
