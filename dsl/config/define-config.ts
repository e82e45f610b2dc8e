import type { CustomActionKind } from "../actions/define-action.ts";

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
  /** Action kinds of third parties, made with `defineAction`. */
  readonly actions?: readonly CustomActionKind[];
  readonly hooks?: readonly Hook[];
  /** Who holds a role: names of users of the operating system. */
  readonly roles?: Readonly<Record<string, readonly string[]>>;
}

/**
 * Types `lockstep.config.ts`, the default export of which it is.
 *
 * @example
 * export default defineConfig({ roles: { "release-manager": ["alice", "bo"] }, docs: "docs" });
 */
export function defineConfig(config: LockstepConfig): LockstepConfig {
  return Object.freeze(config);
}
