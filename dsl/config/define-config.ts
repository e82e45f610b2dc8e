import { captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";

/** Hears the events of a run: a notification, a metrics push. A failing one is reported and never stops a run. */
export interface Hook {
  readonly name: string;
  /** Types of the events to hear; all of them unless given. */
  readonly on?: readonly string[];
  /** Given the event as it stands in the journal. It has 10 seconds. */
  run(event: { readonly type: string; readonly run: string } & Readonly<Record<string, unknown>>): Promise<void> | void;
}

/** What a project adds; all of it may be left out. */
export interface LockstepConfig {
  /** Globs of runbook files, relative to the project's root; `runbooks/**\/*.runbook.ts` unless given. */
  readonly runbooks?: readonly string[];
  /** Where the pages go; `docs/runbooks` unless given. */
  readonly docs?: string;
  /** A folder of Handlebars partials; one with the name of a shipped partial replaces it. */
  readonly partials?: string;
  readonly hooks?: readonly Hook[];
  /** Who holds a role: names of allowed signers; without those, users of the operating system. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
  /** How it is known who approves; without it, names are the operating system's word. */
  readonly approvals?: ApprovalsConfig;
}

/** Whose signatures count. With it, an approval and what a second person says must be signed. */
export interface ApprovalsConfig {
  /** An allowed-signers file, as ssh-keygen(1) and git know it; relative to the project's root. The first name of a line is its person. */
  readonly allowedSigners: string;
  /** Which signers a user of the operating system is, where the names differ; an empty list if none. */
  readonly users?: Readonly<Record<string, readonly string[]>>;
}

const configSettings = defineSettings<LockstepConfig>({
  runbooks: "texts",
  docs: "string",
  partials: "string",
  hooks: "list",
  roles: "object",
  approvals: "object",
});
const approvalsSettings = defineSettings<ApprovalsConfig>({ allowedSigners: "string!", users: "object" });
const hookSettings = defineSettings<Hook>({ name: "string!", on: "texts", run: "function!" });

/**
 * Types `lockstep.config.ts`, the default export of which it is.
 *
 * @example
 * export default defineConfig({ roles: { "release-manager": ["alice", "bo"] }, docs: "docs" });
 */
export function defineConfig(config: LockstepConfig): LockstepConfig {
  const at = captureCallSite(defineConfig);
  checkSettings(configSettings, config, "lockstep.config.ts", undefined, at);
  for (const hook of config.hooks ?? []) checkSettings(hookSettings, hook, "a hook", undefined, at);
  if (config.approvals !== undefined) checkSettings(approvalsSettings, config.approvals, "approvals", undefined, at);
  return Object.freeze(config);
}
