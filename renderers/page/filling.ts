import type { PageBlock } from "./page.ts";

/** What a run adds to the page of its plan. The page asks for it by the ids of the plan. */
export interface Filling {
  readonly result: readonly PageBlock[];
  /** For a step: whether its box is ticked, and what is told under it. */
  step(id: string): Filled | undefined;
  checklistItem(step: string, item: number): boolean;
  /** What a person answered. */
  answer(step: string, output: string): string | undefined;
  /** For the undo of a step, or of `section:ID` or `runbook`. */
  undo(owner: string): Filled | undefined;
  /** What an undo action really ran, with all values, by its id in the plan (`undo:build.1`). */
  undoCommand(action: string): string | undefined;
  /** Under a guard's alert. */
  guard(id: string): readonly PageBlock[];
}

export interface Filled {
  readonly ticked: boolean;
  /** What really ran, with all values. */
  readonly command?: string | undefined;
  readonly body: readonly PageBlock[];
}
