import type { Effect } from "../actions/effect.ts";
import type { Capture } from "../actions/output.ts";
import type { CreatedPattern } from "../undo/undo.ts";
import type { PlanAlert, PlanCommand, PlanCondition, PlanOperand, PlanText } from "./plan.ts";
import type { PlanQuoted, PlanResponse } from "./plan-blocks.ts";

/** A variable of the environment: text, or a secret by the name of its parameter. */
export type PlanEnvEntry = { readonly name: string } & ({ readonly value: PlanText } | { readonly secret: string });

/** Where and with which variables a command runs. */
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
  readonly background?: {
    readonly ready: PlanReady /** Id of the section that it ends with, or of the repeat with whose pass; "" the runbook's end. */;
    readonly endsWith: string;
  };
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

/** What shows that a background step is ready. */
export type PlanReady =
  | { readonly kind: "contains"; readonly text: string }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string }
  | { readonly kind: "check"; readonly command: PlanCommand };

/** A read, with what it must show. */
export interface PlanCheck {
  readonly command: PlanCommand;
  readonly expect: readonly PlanExpect[];
}

/** A value that a step gives. */
export interface PlanOutput {
  readonly name: string;
  readonly capture: Capture;
  readonly example?: string;
  readonly gives?: string;
}

/** What a step must show on standard output. */
export type PlanExpect =
  | { readonly kind: "contains"; readonly text: PlanText }
  | { readonly kind: "matches"; readonly pattern: string; readonly flags: string };

/** How a step is reversed, or why not. */
export type PlanUndo =
  /** A read, or a step of people. */
  | { readonly kind: "none" }
  | {
      readonly kind: "actions";
      readonly title: PlanText;
      readonly actions: readonly PlanUndoAction[];
      readonly idempotent: boolean;
      /** Runs only if the output of the step matches: every line that names something, not only some. */
      readonly ifCreated?: CreatedPattern;
    }
  | { readonly kind: "not-needed"; readonly reason: string }
  | {
      readonly kind: "irreversible";
      readonly reason: string;
      readonly instead?: {
        readonly runbook: string;
        readonly title: string;
        readonly params: Readonly<Record<string, string>>;
      };
    }
  /** The undo of the section or the include (or, "", of the runbook) covers it. */
  | { readonly kind: "covered"; readonly by: string };

/** One action of an undo: a journaled step of its own, `undo:<step>.<n>` counting from 1. */
export interface PlanUndoAction {
  readonly id: string;
  readonly effect: Effect;
  /** `text`: bash runs exactly the command. `native`: its function does. */
  readonly execution: "text" | "native";
  readonly command: PlanCommand;
  readonly settings: PlanSettings;
  /** How long it may take: what the undo says, else as long as its step. */
  readonly timeoutSeconds?: number;
}

/** What a step does, by its kind. The command stands on the step. */
export type PlanAction =
  | { readonly kind: "shell" }
  | {
      readonly kind: "kubernetes";
      readonly verb: string;
      readonly namespace?: PlanOperand;
      readonly context?: PlanOperand;
    }
  | { readonly kind: "http"; readonly method: string }
  /** `source` is the function's own text, for the page. */
  | { readonly kind: "code"; readonly source: string }
  | { readonly kind: "custom"; readonly name: string; readonly inProcess: boolean }
  | { readonly kind: "checklist"; readonly items: readonly PlanChecklistItem[] }
  | { readonly kind: "manual"; readonly instructions?: PlanText; readonly by?: "secondPerson" }
  | {
      readonly kind: "approval";
      readonly by: readonly string[];
      readonly quorum: number;
      /** How long a yes holds. */
      readonly validForSeconds?: number;
      readonly secondPerson?: true;
    }
  | { readonly kind: "wait"; readonly seconds: PlanOperand }
  /** `shown` is what is run again and again; the step's command is the whole `watch` line. */
  | { readonly kind: "watch"; readonly intervalSeconds: number; readonly until: string; readonly shown: PlanCommand }
  | {
      readonly kind: "gate";
      readonly failIf: readonly PlanAlert[];
      readonly holdSeconds: number;
      readonly intervalSeconds: number;
      readonly delaySeconds: number;
      readonly failures: number;
      readonly blindAfter: number;
    };

/** One thing that must hold. */
export interface PlanChecklistItem {
  readonly text: PlanText;
  readonly check?: PlanCheck;
  readonly by?: "secondPerson";
}

/** The name of what an action does. */
export type PlanActionKind = PlanAction["kind"];
