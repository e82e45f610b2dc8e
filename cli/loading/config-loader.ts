import { existsSync } from "node:fs";
import { join } from "node:path";
import type { ApprovalsConfig, LockstepConfig } from "../../dsl/config/define-config.ts";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import { loadModule, readCard } from "./module-loader.ts";

/** The part of a config that is data, with what holds where it says nothing. */
export interface ProjectSettings {
  /** Globs, relative to the root. */
  readonly runbooks: readonly string[];
  /** Folder of the pages, relative to the root. */
  readonly docs: string;
  readonly partials?: string;
  readonly roles: Readonly<Record<string, readonly string[]>>;
  readonly approvals?: ApprovalsConfig;
}

const keys = [
  "runbooks",
  "docs",
  "partials",
  "hooks",
  "roles",
  "approvals",
] as const satisfies readonly (keyof LockstepConfig)[];
const defaults: ProjectSettings = { runbooks: ["runbooks/**/*.runbook.ts"], docs: "docs/runbooks", roles: {} };

/** The settings of a project, from the cache if its config did not change. */
export async function loadSettings(root: string): Promise<ProjectSettings> {
  const file = configFile(root);
  if (file === undefined) return defaults;
  return (await readCard<ProjectSettings>(root, file)) ?? (await loadConfig(root)).settings;
}

/**
 * The whole config, with its hooks, which are code.
 *
 * @throws {LockstepError} `bad-config`, and what a file that does not load throws.
 */
export async function loadConfig(
  root: string,
): Promise<{ readonly config: LockstepConfig; readonly settings: ProjectSettings }> {
  const file = configFile(root);
  if (file === undefined) return { config: {}, settings: defaults };
  const { value, card } = await loadModule<LockstepConfig, ProjectSettings>(file, {
    root,
    read: (module) => readConfig(file, module.default),
    describe: settingsOf,
  });
  return { config: value, settings: card };
}

function configFile(root: string): string | undefined {
  const file = join(root, "lockstep.config.ts");
  return existsSync(file) ? file : undefined;
}

function settingsOf({ runbooks, docs, partials, roles, approvals }: LockstepConfig): ProjectSettings {
  return {
    runbooks: runbooks ?? defaults.runbooks,
    docs: docs ?? defaults.docs,
    ...(partials === undefined ? {} : { partials }),
    roles: roles ?? {},
    ...(approvals === undefined ? {} : { approvals }),
  };
}

function readConfig(file: string, exported: unknown): LockstepConfig {
  if (typeof exported !== "object" || exported === null)
    throw badConfig(file, "lockstep.config.ts has no default export", "write: export default defineConfig({ ... })");
  const unknown = Object.keys(exported).find((key) => !keys.includes(key as never));
  if (unknown !== undefined)
    throw badConfig(
      file,
      `lockstep.config.ts has an unknown setting "${unknown}"`,
      didYouMean(unknown, keys, `It knows ${keys.join(", ")}`),
    );
  const config = exported as LockstepConfig;
  const strings: unknown[] = [config.docs ?? "", config.partials ?? "", ...[config.runbooks ?? []].flat()];
  if (strings.some((value) => typeof value !== "string"))
    throw badConfig(
      file,
      "docs, partials and the entries of runbooks are texts",
      'write runbooks: ["ops/**/*.runbook.ts"]',
    );
  for (const [role, users] of Object.entries(config.roles ?? {}))
    if (!Array.isArray(users))
      throw badConfig(file, `the role ${role} is no list of users`, `write roles: { "${role}": ["alice", "bo"] }`);
  if (config.approvals !== undefined) requireApprovals(file, config.approvals);
  return config;
}

function requireApprovals(file: string, given: ApprovalsConfig): void {
  const hint = 'write approvals: { allowedSigners: "ops/allowed_signers", users: { alice: ["alice@example.com"] } }';
  if (typeof given !== "object" || given === null || typeof given.allowedSigners !== "string")
    throw badConfig(file, "approvals names no allowedSigners", hint);
  const unknown = Object.keys(given).find((key) => key !== "allowedSigners" && key !== "users");
  if (unknown !== undefined) throw badConfig(file, `approvals has an unknown setting "${unknown}"`, hint);
  for (const [user, names] of Object.entries(given.users ?? {}))
    if (!Array.isArray(names)) throw badConfig(file, `the signers of the user ${user} are no list`, hint);
}

function badConfig(file: string, message: string, hint: string | undefined): LockstepError {
  return new LockstepError({ code: "bad-config", message, hint, at: { file, line: 1, column: 1 } });
}
