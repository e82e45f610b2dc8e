import type { Capture } from "../actions/output.ts";
import type { Effect } from "../actions/effect.ts";
import type { ParamDeclaration } from "../params/param.ts";
import type { Reading } from "../measurements/measurement.ts";
import type { ShellTemplate } from "../shell/shell-template.ts";
import type { PlainValue } from "../values/ref.ts";

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

export interface PlanEnvironment {
  readonly id: string;
  readonly title: string;
  readonly values: Readonly<Record<string, PlainValue>>;
  readonly facts: Readonly<Record<string, string>>;
}

/** A value, or where it comes from. `placeholder` is what stands for it until it is known. */
export type PlanOperand =
  | { readonly value: PlainValue }
  | { readonly param: string; readonly placeholder: string; readonly orElse?: PlanOperand }
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

export interface PlanMeasurement {
  readonly id: string;
  readonly title: string;
  readonly measures: string;
  readonly query: PlanCommand;
  readonly reading: Reading;
}

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

export type PlanCondition = {
  /** In words, without "if": "the schema changes", "`strategy` is `rolling`". */
  readonly words: string;
} & (
  | { readonly op: "is"; readonly operand: PlanOperand; readonly value: PlainValue }
  | { readonly op: "above" | "below"; readonly operand: PlanOperand; readonly bound: number }
  | { readonly op: "not"; readonly condition: PlanCondition }
  | { readonly op: "all" | "any"; readonly conditions: readonly PlanCondition[] }
);

export type PlanEnvEntry = { readonly name: string } & ({ readonly value: PlanText } | { readonly secret: string });

export interface PlanSettings {
  /** Folders from the outermost in, each relative to the one before; the innermost absolute one wins. Empty: the project's root. */
  readonly cwd: readonly PlanText[];
  /** Merged, the nearest wins. */
  readonly env: readonly PlanEnvEntry[];
}

/** The unit that runs. Whatever its action is, it has one shape. */
export interface PlanStep {
  readonly block: "step";
  readonly id: string;
  readonly number: string;
  readonly title: PlanText;
  readonly action: PlanAction;
  readonly effect: Effect;
  /**
   * `text`: bash runs exactly the command. `native`: lockstep does what the command says.
   * `person`: people answer; a command, if any, is only shown.
   */
  readonly execution: "text" | "native" | "person";
  /** What a person would type. A background step's ends in " &". Absent where there is nothing to type. */
  readonly command?: PlanCommand;
  readonly settings: PlanSettings;
  /** Where it acts, in words: "this machine", "namespace rlhf-production". */
  readonly on: PlanText;
  readonly outputs: readonly PlanOutput[];
  readonly expect: readonly PlanExpect[];
  readonly undo: PlanUndo;
  readonly probe?: PlanCheck;
  readonly retry?: { readonly attempts: number; readonly everySeconds: number; readonly backoff: number };
  readonly timeoutSeconds?: number;
  readonly deadlineSeconds?: number;
  readonly onFailure?: PlanResponse;
  readonly background?: { readonly ready: PlanReady; /** Id of the section that it ends with; "" the runbook's end. */ readonly endsWith: string };
  readonly stdin?: { readonly value: PlanText } | { readonly secret: string };
  readonly interruptible: boolean;
  readonly sensitive: boolean;
  readonly terminal: boolean;
  /** In a parallel: ids of the steps of it that must be done first. */
  readonly needs: readonly string[];
  /** Ids of the guards in whose range it is. */
  readonly guards: readonly string[];
  /** The conditions around it, the outermost first. */
  readonly conditions: readonly PlanCondition[];
  /** Known already that it does not run: why, in words ("schema-changed is no"). */
  readonly skipped?: string;
  readonly added: boolean;
  readonly corrects: readonly PlanQuoted[];
  /** SHA-256 of what it does, not of how it is worded. */
  readonly fingerprint: string;
}

export type PlanReady =
  | { readonly kind: "contains"; readonly text: string }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string }
  | { readonly kind: "check"; readonly command: PlanCommand };

/** A read, with what it must show. */
export interface PlanCheck {
  readonly command: PlanCommand;
  readonly expect: readonly PlanExpect[];
}

export interface PlanOutput {
  readonly name: string;
  readonly capture: Capture;
  readonly example?: string;
  readonly gives?: string;
}

export type PlanExpect =
  | { readonly kind: "contains"; readonly text: PlanText }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string };

export type PlanUndo =
  /** A read, or a step of people. */
  | { readonly kind: "none" }
  | {
      readonly kind: "actions";
      readonly title: PlanText;
      readonly actions: readonly PlanUndoAction[];
      readonly idempotent: boolean;
      /** Runs only if the output of the step matches: every line that names something, not only some. */
      readonly ifCreated?: { readonly pattern: string };
    }
  | { readonly kind: "not-needed"; readonly reason: string }
  | {
      readonly kind: "irreversible";
      readonly reason: string;
      readonly instead?: { readonly runbook: string; readonly title: string; readonly params: Readonly<Record<string, string>> };
    }
  /** The undo of the section (or, "", of the runbook) covers it. */
  | { readonly kind: "covered"; readonly by: string };

/** One action of an undo: a journaled step of its own, `undo:<step>.<n>` counting from 1. */
export interface PlanUndoAction {
  readonly id: string;
  readonly effect: Effect;
  readonly command: PlanCommand;
  readonly settings: PlanSettings;
}

/** What a step does, by its kind. The command stands on the step. */
export type PlanAction =
  | { readonly kind: "shell" }
  | { readonly kind: "kubernetes"; readonly verb: string; readonly namespace?: PlanOperand; readonly context?: PlanOperand }
  | { readonly kind: "http"; readonly method: string }
  /** `source` is the function's own text, for the page. */
  | { readonly kind: "code"; readonly source: string }
  | { readonly kind: "custom"; readonly name: string; readonly inProcess: boolean }
  | { readonly kind: "checklist"; readonly items: readonly PlanChecklistItem[] }
  | { readonly kind: "manual"; readonly instructions?: PlanText; readonly by?: "secondPerson" }
  | { readonly kind: "approval"; readonly by: readonly string[]; readonly quorum: number }
  | { readonly kind: "wait"; readonly seconds: PlanOperand }
  | { readonly kind: "watch"; readonly intervalSeconds: number; readonly until: string }
  | {
      readonly kind: "gate";
      readonly failIf: readonly PlanAlert[];
      readonly holdSeconds: number;
      readonly intervalSeconds: number;
      readonly delaySeconds: number;
      readonly failures: number;
      readonly blindAfter: number;
    };

export interface PlanChecklistItem {
  readonly text: PlanText;
  readonly check?: PlanCheck;
  readonly by?: "secondPerson";
}

export type PlanActionKind = PlanAction["kind"];
