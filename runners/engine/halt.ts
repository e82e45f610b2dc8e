import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { StepChange } from "../events/run-event.ts";

/** Why a run goes no further. Thrown through the blocks, and answered once, where the run was begun. */
export type HaltReason =
  /** A step failed for good. */
  | {
      readonly kind: "failed";
      readonly step: PlanStep;
      readonly key: string;
      readonly message: string;
      /** It failed because a person said no. */
      readonly declined?: true;
    }
  /** A person is needed, and nobody answers here. */
  | {
      readonly kind: "suspended";
      readonly step: string;
      readonly message: string;
      readonly changes?: readonly StepChange[];
    }
  /** A person said no, or stop. */
  | { readonly kind: "declined"; readonly step: string; readonly message: string }
  | { readonly kind: "interrupted"; readonly signal: string; readonly step?: string }
  | { readonly kind: "tripped"; readonly guard: string; readonly during?: string }
  /** A person asked to undo what ran. */
  | { readonly kind: "roll-back"; readonly step: string; readonly message: string }
  | { readonly kind: "rollback-failed"; readonly step: string; readonly message: string };

export class Halt extends Error {
  override readonly name = "Halt";
  readonly reason: HaltReason;

  constructor(reason: HaltReason) {
    super(reason.kind);
    this.reason = reason;
  }
}

export function isHalt(error: unknown): error is Halt {
  return error instanceof Halt;
}
