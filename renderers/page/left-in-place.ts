import { createText, type PageBlock } from "./page.ts";
import type { PageContext } from "./page-context.ts";
import { joinSpans, type Spans } from "./span.ts";
import { proseSpans, withoutPeriod } from "./words.ts";

/** "Left in place: 1.1 (an empty namespace does no harm), ...": whatever needs no undo, with the reason. */
export function leftInPlace({ index }: PageContext): readonly PageBlock[] {
  const byReason = new Map<string, string[]>();
  const leave = (what: string, reason: string): void => {
    const numbers = byReason.get(reason);
    if (numbers) numbers.push(what);
    else byReason.set(reason, [what]);
  };
  for (const { step } of index.steps) if (step.undo.kind === "not-needed") leave(step.number, step.undo.reason);
  if (byReason.size === 0) return [];
  const entries = [...byReason].map(
    ([reason, numbers]): Spans => [`${numbers.join(", ")} (`, ...proseSpans(withoutPeriod(reason)), ")"],
  );
  return [createText("Left in place: ", ...joinSpans(entries, ", "), ".")];
}
