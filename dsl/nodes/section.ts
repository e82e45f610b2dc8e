import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { parseUndo, type SharedUndo, type UndoNode } from "../undo/undo.ts";
import type { Text } from "../values/text.ts";
import type { Block } from "./block.ts";
import { type OnFailure, type OnFailureNode, parseOnFailure } from "./on-failure.ts";
import { requireBlocks, requireSteps } from "./require-blocks.ts";
import type { Settings } from "./settings.ts";
import type { Requirement, StepNode } from "./step.ts";
import { inwardSettings } from "./step-settings.ts";

export interface SectionNode {
  readonly block: "section";
  readonly id: string;
  readonly title: Text;
  readonly settings: Settings;
  readonly requires: readonly StepNode[];
  readonly undo?: UndoNode;
  readonly onFailure?: OnFailureNode;
  readonly body: readonly Block[];
  readonly at: CallSite;
}

/** What holds for all that stands in a section. */
export interface SectionOptions extends Settings {
  /** What must hold before it begins: reads with what they must show, checklists. */
  readonly requires?: readonly Requirement[];
  /** Covers its steps that have no undo of their own; runs once, after theirs. */
  readonly undo?: SharedUndo;
  /** What happens when a step of it fails that has no `onFailure` of its own. */
  readonly onFailure?: OnFailure;
}

const sectionSettings = defineSettings<SectionOptions>({
  ...inwardSettings,
  requires: "list",
  undo: "any",
  onFailure: "any",
});

/**
 * A titled group of blocks, a level of the numbering. Its settings hold inward.
 *
 * @example
 * section("prepare", "Prepare green", { onFailure: rollback }, [step(...), step(...)]);
 */
export function section(id: string, title: Text, body: readonly Block[]): SectionNode;
export function section(id: string, title: Text, options: SectionOptions, body: readonly Block[]): SectionNode;
export function section(
  id: string,
  title: Text,
  first: SectionOptions | readonly Block[],
  second?: readonly Block[],
): SectionNode {
  const at = captureCallSite(section);
  requireHeading("section", id, title, at);
  const isShort = second === undefined && describeValue(first) !== "an object";
  const [options, body]: [SectionOptions, unknown] = isShort ? [{}, first] : [first as SectionOptions, second];
  checkSettings(sectionSettings, options, "section", id, at);
  requireBlocks(body, `section ${id}`, at);
  requireSteps(options.requires ?? [], `requires of section ${id}`, at);
  const { requires = [], undo, onFailure, cwd, env } = options;
  return Object.freeze({
    block: "section",
    id,
    title,
    settings: { ...(cwd === undefined ? {} : { cwd }), ...(env === undefined ? {} : { env }) },
    requires,
    ...(undo === undefined ? {} : { undo: parseUndo(undo, at) }),
    ...(onFailure === undefined ? {} : { onFailure: parseOnFailure(onFailure, at) }),
    body,
    at,
  });
}
