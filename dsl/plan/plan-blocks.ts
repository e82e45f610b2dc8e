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

export interface PlanGroup {
  readonly block: "group";
  readonly title: PlanText;
  readonly undoTitle?: PlanText;
  /** "1.2–1.3". */
  readonly range: string;
  readonly steps: readonly PlanStep[];
}

export interface PlanWhen {
  readonly block: "when";
  readonly condition: PlanCondition;
  readonly body: readonly PlanBlock[];
}

export interface PlanChoose {
  readonly block: "choose";
  readonly id: string;
  readonly number: string;
  readonly operand: PlanOperand;
  readonly branches: readonly PlanBranch[];
}
export interface PlanBranch {
  readonly choice: string;
  /** "2.1a". */
  readonly number: string;
  readonly condition: PlanCondition;
  readonly body: readonly PlanBlock[];
}

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

export interface PlanInclude {
  readonly block: "include";
  readonly id: string;
  readonly number: string;
  readonly runbook: { readonly id: string; readonly title: string };
  readonly requires: readonly PlanStep[];
  readonly body: readonly PlanBlock[];
}

export interface PlanParallel {
  readonly block: "parallel";
  readonly id: string;
  readonly number: string;
  readonly title: PlanText;
  /** Each with `needs`. */
  readonly steps: readonly PlanStep[];
}

export interface PlanWithin {
  readonly block: "within";
  /** As the page prints it: `cd rlhf-audit-trail`. */
  readonly cd?: PlanCommand;
  readonly env: readonly PlanEnvEntry[];
  readonly body: readonly PlanBlock[];
}

export type PlanProse =
  | { readonly block: "note" | "caution"; readonly text: string }
  | { readonly block: "prose"; readonly markdown: string }
  | { readonly block: "table"; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | PlanQuoted;

export interface PlanQuoted {
  readonly block: "quoted";
  readonly text: string;
  readonly reason: string;
}

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

export interface PlanStepName {
  readonly id: string;
  readonly number: string;
}

/** What happens after a failure or a trip. */
export type PlanResponse =
  | { readonly kind: "stop" | "rollback" | "rollback-all" }
  | { readonly kind: "blocks"; readonly body: readonly PlanBlock[] };
