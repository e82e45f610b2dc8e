import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings } from "../settings/check-settings.ts";
import type { Block } from "./block.ts";
import { requireBlocks } from "./require-blocks.ts";
import type { Settings } from "./settings.ts";
import { withinSettings } from "./step-settings.ts";

/** Blocks with settings of their own. No level of the numbering; a folder prints `cd`. */
export interface WithinNode {
  readonly block: "within";
  readonly settings: Settings;
  readonly body: readonly Block[];
  readonly at: CallSite;
}

/**
 * Runs blocks in a folder, or with variables of the environment.
 *
 * @example
 * within({ cwd: "rlhf-audit-trail" }, [step("setup", "Set up the environment", sh`make dev-setup`, { undo: ... })]);
 */
export function within(settings: Settings, body: readonly Block[]): WithinNode {
  const at = captureCallSite(within);
  checkSettings(withinSettings, settings, "within", undefined, at);
  requireBlocks(body, "within", at);
  return Object.freeze({ block: "within", settings, body, at });
}
