import type { PageContext } from "./page-context.ts";
import type { Part, PlacedStep } from "./plan-index.ts";

const found = new WeakMap<PageContext, ReadonlyMap<string, Part>>();

/** The newest part at or before `part` with something to undo: a rollback begins there and goes down. */
export function undonePart(context: PageContext, part: Part): Part | undefined {
  return newestUndone(context).get(part.id);
}

/** Whether anything of the runbook can be undone. */
export function hasUndo({ plan, index }: PageContext): boolean {
  return plan.undo?.kind === "actions" || index.steps.some(isUndone);
}

/** Its own undo, or that of its section, has something to do. */
export function isUndone({ step, sections }: PlacedStep): boolean {
  if (step.undo.kind === "actions") return true;
  const { undo } = step;
  return (
    undo.kind === "covered" && sections.some((section) => section.id === undo.by && section.undo?.kind === "actions")
  );
}

function newestUndone(context: PageContext): ReadonlyMap<string, Part> {
  const known = found.get(context);
  if (known) return known;
  const undone = new Set(context.index.steps.filter(isUndone).map(({ part }) => part?.id));
  const newest = new Map<string, Part>();
  let last: Part | undefined;
  for (const part of context.index.parts) {
    if (undone.has(part.id)) last = part;
    if (last) newest.set(part.id, last);
  }
  found.set(context, newest);
  return newest;
}
