import type { CreatedPattern } from "../../dsl/undo/undo.ts";

/** What undoes a step, as it was when the step started. */
export type RecordedUndo =
  | {
      readonly kind: "actions";
      readonly title: string;
      readonly idempotent: boolean;
      readonly ifCreated?: CreatedPattern;
      /** For `ifCreated`, once it has run: whether its output says that all, some or none of it was created. */
      readonly created?: "all" | "some" | "none";
      readonly actions: readonly RecordedUndoAction[];
      /** Own id, or the section's (`section:ID`) or runbook's (`runbook`) whose undo covers it. */
      readonly owner: string;
    }
  | { readonly kind: "not-needed"; readonly reason: string }
  | { readonly kind: "irreversible"; readonly reason: string; readonly instead?: string };

/** One action of an undo. */
export interface RecordedUndoAction {
  readonly id: string;
  readonly effect: "read" | "write" | "destructive";
  /** A function does it, which the journal cannot hold: it takes the runbook to run it. */
  readonly native?: true;
  /** The command; undefined until the step's own outputs are known. */
  readonly command?: string;
  readonly cwd: string;
  /** How long it may take. */
  readonly timeoutSeconds?: number;
  /** Variables by name; a secret only by its parameter's name. */
  readonly env: readonly (
    | { readonly name: string; readonly value: string }
    | { readonly name: string; readonly secret: string }
  )[];
}
