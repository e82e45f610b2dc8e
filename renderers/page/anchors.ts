import { type PageContext, partName } from "./page-context.ts";
import type { Part } from "./plan-index.ts";

/** What GitHub makes of a heading: small letters, punctuation gone, blanks as hyphens. */
export function slugOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, "")
    .replaceAll(" ", "-");
}

export const rollbackTitle = "Rollback";
export const measurementsTitle = "Measurements";
export const beforeTitle = "Before you begin";

/** The anchor of what undoes a step (or, by its id, a section). */
export function undoAnchor(id: string): string {
  return `undo-${id}`;
}

/** The heading over the undos of a part, in Rollback. */
export function undoHeading(context: PageContext, part: Part): string {
  return `Undo ${partName(context, part)}`;
}

/** The anchor of the steps that answer a failure in a section, or a trip of a guard. */
export function answerAnchor(owner: string): string {
  return `answer-${owner}`;
}

export function differencesTitle({ plan }: PageContext): string {
  const title = plan.follows?.title ?? "the original";
  // A common noun wants its article; a name does not.
  return `Differences from ${/^(?!the )\p{Ll}/u.test(title) ? "the " : ""}${title}`;
}
