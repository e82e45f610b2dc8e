import type { Reading } from "../measurements/measurement.ts";
import type { ParamDeclaration } from "../params/param.ts";
import type { Policy } from "../policy/policy.ts";
import type { ShellTemplate } from "../shell/shell-template.ts";
import type { PlainValue } from "../values/ref.ts";
import type { PlanBlock, PlanResponse } from "./plan-blocks.ts";
import type { PlanStep, PlanUndo } from "./plan-step.ts";

export type * from "./plan-blocks.ts";
export type * from "./plan-step.ts";

/**
 * The compiled runbook: plain JSON, and the only place that numbers, command texts and digests come from.
 * Published as `lockstep/plan.schema.json`. All durations are in seconds.
 */
export interface Plan {
  readonly format: 1;
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  /** Source file, relative to the project's root, with `/`. */
  readonly source?: string;
  /** The word for sections ("Phase"). */
  readonly sectionWord?: string;
  readonly parameters: readonly PlanParameter[];
  /** The environment whose values are used. */
  readonly environment?: string;
  readonly environments: readonly PlanEnvironment[];
  /** "Before you begin": section 0. */
  readonly requires: readonly PlanStep[];
  readonly body: readonly PlanBlock[];
  readonly measurements: readonly PlanMeasurement[];
  readonly onFailure?: PlanResponse;
  /** An undo given on the runbook: it covers its steps, and runs once, after theirs. */
  readonly undo?: PlanUndo;
  readonly next: readonly string[];
  readonly follows?: { readonly title: string; readonly href?: string };
  /** SHA-256 of all templates and wording, without values. */
  readonly runbookDigest: string;
  /** SHA-256 of the runbook digest with the values. */
  readonly digest: string;
}

/** A typed input, with the value that it has in this plan. */
export interface PlanParameter {
  /** As authored: `schemaChanged`. */
  readonly name: string;
  /** As typed by a user: `schema-changed`. */
  readonly flag: string;
  readonly declaration: ParamDeclaration;
  /** Absent when it is not known, and always for a secret. A duration is a number of seconds. */
  readonly value?: PlainValue;
  /** Where the value comes from. */
  readonly from?: "default" | "environment" | "given";
  /** Numbers of the steps that a boolean decides. */
  readonly decides: readonly string[];
}

/** A named set of values. */
export interface PlanEnvironment {
  readonly id: string;
  readonly title: string;
  readonly values: Readonly<Record<string, PlainValue>>;
  readonly facts: Readonly<Record<string, string>>;
  /** What it forbids; of the one whose values are used, it holds. */
  readonly policy?: Policy;
}

/** A value, or where it comes from. `placeholder` is what stands for it until it is known. */
export type PlanOperand =
  | { readonly value: PlainValue }
  | { readonly param: string; readonly placeholder: string }
  | { readonly step: string; readonly output: string; readonly placeholder: string; readonly orElse?: PlanOperand };

/** Words. `text` is rendered with the values that are known; `parts` is there when values stand in it. */
export interface PlanText {
  readonly text: string;
  readonly parts?: readonly (string | PlanOperand)[];
}

/** `text` is rendered with the values that are known; `template` renders it again when more are. */
export interface PlanCommand {
  readonly text: string;
  readonly template: ShellTemplate<PlanOperand>;
}

/** A query, and how one number is read from its answer. */
export interface PlanMeasurement {
  readonly id: string;
  readonly title: string;
  readonly measures: string;
  readonly query: PlanCommand;
  readonly reading: Reading;
}

/** A bound on a measurement; what must not be. */
export interface PlanAlert {
  /** Id of the measurement. */
  readonly measurement: string;
  readonly title: string;
  readonly op: "above" | "below";
  readonly bound: number;
  readonly unit: string;
  /** "> 1%". */
  readonly text: string;
}

/** A condition as data, with its words. */
export type PlanCondition = {
  /** In words, without "if": "the schema changes", "`strategy` is `rolling`". */
  readonly words: string;
} & (
  | { readonly op: "is"; readonly operand: PlanOperand; readonly value: PlainValue }
  | { readonly op: "above" | "below"; readonly operand: PlanOperand; readonly bound: number }
  | { readonly op: "not"; readonly condition: PlanCondition }
  | { readonly op: "all" | "any"; readonly conditions: readonly PlanCondition[] }
);
