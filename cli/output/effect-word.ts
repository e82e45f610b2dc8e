import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { CoveredStep } from "../../runners/questions/question.ts";

/** `read`, `write`, `destructive`; what people do and what only takes time is named by its kind. */
export function effectWord({ effect, execution, action }: PlanStep): string {
  const isOther = execution === "person" || action.kind === "wait" || action.kind === "gate";
  return isOther && effect === "read" ? action.kind : effect;
}

/** Whether something changes by it. */
export function isChange(effect: string): boolean {
  return effect === "write" || effect === "destructive";
}

/** What undoes a step that an approval covers, in lines; none of one that changes nothing. */
export function undoLinesOf({ effect, undo }: Pick<CoveredStep, "effect" | "undo">): readonly string[] {
  if (!isChange(effect)) return [];
  return undo.flatMap((line) => line.split("\n")).map((line) => (line === "undo not needed" ? "not needed" : line));
}

/** `WRITE` and `DESTRUCTIVE` are shouted, all else is not; `paint` is for what is shouted. */
export function shownEffect(word: string, paint: (text: string) => string = (text) => text): string {
  return isChange(word) ? paint(word.toUpperCase()) : word;
}
