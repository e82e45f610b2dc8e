import type { ChooseNode } from "./choose.ts";
import type { GroupNode } from "./group.ts";
import type { GuardNode } from "./guard.ts";
import type { IncludeNode } from "./include.ts";
import type { ParallelNode } from "./parallel.ts";
import type { ProseNode } from "./prose.ts";
import type { RepeatNode } from "./repeat.ts";
import type { SectionNode } from "./section.ts";
import type { StepNode } from "./step.ts";
import type { WhenNode } from "./when.ts";
import type { WithinNode } from "./within.ts";

/** Whatever may stand in the body of a runbook or a section. */
export type Block =
  | SectionNode
  | StepNode
  | GroupNode
  | WhenNode
  | ChooseNode
  | RepeatNode
  | IncludeNode
  | ParallelNode
  | WithinNode
  | GuardNode
  | ProseNode;

export type BlockKind = Block["block"];
