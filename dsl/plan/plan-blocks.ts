import type { PlanAlert, PlanCommand, PlanCondition, PlanOperand, PlanText } from "./plan.ts";
import type { PlanEnvEntry, PlanStep, PlanUndo } from "./plan-step.ts";

/** What stands in the body of a plan. */
export type PlanBlock =
  | PlanSection
  | PlanStep
  | PlanGroup
  | PlanWhen
  | PlanChoose
  | PlanRepeat
  | PlanInclude
  | PlanParallel
  | PlanWithin
  | PlanGuard
  | PlanProse;

/** A titled group of blocks. */
export interface PlanSection {
  readonly block: "section";
  readonly id: string;
  /** "3", or "3.1" inside another section. */
  readonly number: string;
  readonly title: PlanText;
  /** Numbered before its other steps. */
  readonly requires: readonly PlanStep[];
  readonly onFailure?: PlanResponse;
  /** Covers its steps, and runs once, after theirs. */
  readonly undo?: PlanUndo;
  readonly body: readonly PlanBlock[];
}

/** Several steps under one title; their commands share a block of the page. */
export interface PlanGroup {
  readonly block: "group";
  readonly title: PlanText;
  readonly undoTitle?: PlanText;
  /** "1.2–1.3". */
  readonly range: string;
  readonly steps: readonly PlanStep[];
}

/** Blocks under a condition. */
export interface PlanWhen {
  readonly block: "when";
  readonly condition: PlanCondition;
  readonly body: readonly PlanBlock[];
}

/** One of several ways, by a value. */
export interface PlanChoose {
  readonly block: "choose";
  readonly id: string;
  readonly number: string;
  readonly operand: PlanOperand;
  readonly branches: readonly PlanBranch[];
}
/** One way of a choice. */
export interface PlanBranch {
  readonly choice: string;
  /** "2.1a". */
  readonly number: string;
  readonly condition: PlanCondition;
  readonly body: readonly PlanBlock[];
}

/** Blocks that run again until a condition holds. */
export interface PlanRepeat {
  readonly block: "repeat";
  readonly id: string;
  readonly number: string;
  readonly title: PlanText;
  readonly limit: number;
  readonly everySeconds: number;
  readonly until: PlanCondition;
  readonly body: readonly PlanBlock[];
  readonly fingerprint: string;
}

/** Another runbook, placed here. */
export interface PlanInclude {
  readonly block: "include";
  readonly id: string;
  readonly number: string;
  readonly runbook: { readonly id: string; readonly title: string };
  readonly requires: readonly PlanStep[];
  /** The other runbook's own. */
  readonly onFailure?: PlanResponse;
  /** The other runbook's own: it covers its steps, and runs once, after theirs. */
  readonly undo?: PlanUndo;
  readonly body: readonly PlanBlock[];
}

/** Steps that start as soon as what they need is done. */
export interface PlanParallel {
  readonly block: "parallel";
  readonly id: string;
  readonly number: string;
  readonly title: PlanText;
  /** Each with `needs`. */
  readonly steps: readonly PlanStep[];
}

/** Blocks with a folder or variables of their own. */
export interface PlanWithin {
  readonly block: "within";
  /** As the page prints it: `cd rlhf-audit-trail`. */
  readonly cd?: PlanCommand;
  readonly env: readonly PlanEnvEntry[];
  readonly body: readonly PlanBlock[];
}

/** Text between the steps. */
export type PlanProse =
  | { readonly block: "note" | "caution"; readonly text: string }
  | { readonly block: "prose"; readonly markdown: string }
  | { readonly block: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | PlanQuoted;

/** An original line, shown and never run. */
export interface PlanQuoted {
  readonly block: "quoted";
  readonly text: string;
  readonly reason: string;
}

/** Watches alerts in the background, over a range of steps. */
export interface PlanGuard {
  readonly block: "guard";
  readonly id: string;
  readonly title: PlanText;
  readonly alerts: readonly PlanAlert[];
  readonly intervalSeconds: number;
  readonly failures: number;
  readonly blindAfter: number;
  readonly onTrip: PlanResponse;
  /** The first write after it: it begins to watch right before that step. Absent if no write follows. */
  readonly from?: PlanStepName;
  /** The step after which it stops; absent: the end of the runbook. */
  readonly until?: PlanStepName;
  /** Ids of the steps in its range, in order. */
  readonly covers: readonly string[];
  readonly fingerprint: string;
}

/** A step, named for a reader and for a link. */
export interface PlanStepName {
  readonly id: string;
  readonly number: string;
}

/** What happens after a failure or a trip. */
export type PlanResponse =
  | { readonly kind: "stop" | "rollback" | "rollback-all" }
  | { readonly kind: "blocks"; readonly body: readonly PlanBlock[] };
