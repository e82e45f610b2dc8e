import type { RunHistory, StepRecord } from "./run-history.ts";

/** When a step was undone, UTC: by its own undo, or by that of what is around it. Undefined: it was not. */
export function undoneAt({ started, finished }: StepRecord, { steps }: Pick<RunHistory, "steps">): string | undefined {
  if (finished?.outcome === "undone") return finished.at;
  const undo = started?.undo;
  if (undo?.kind !== "actions" || undo.owner === started?.id || undo.actions.length === 0) return undefined;
  const ends = undo.actions.map(({ id }) => steps.get(id)?.finished);
  return ends.every((end) => end?.outcome === "ok") ? ends.at(-1)?.at : undefined;
}
