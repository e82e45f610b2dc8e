import type { PlanStep } from "../../dsl/plan/plan.ts";

/** `read`, `write`, `destructive`; what people do and what only takes time is named by its kind. */
export function effectWord({ effect, execution, action }: PlanStep): string {
  const isOther = execution === "person" || action.kind === "wait" || action.kind === "gate";
  return isOther && effect === "read" ? action.kind : effect;
}

/** Whether something changes by it. */
export function isChange(effect: string): boolean {
  return effect === "write" || effect === "destructive";
}

/** `WRITE` and `DESTRUCTIVE` are shouted, all else is not; `paint` is for what is shouted. */
export function shownEffect(word: string, paint: (text: string) => string = (text) => text): string {
  return isChange(word) ? paint(word.toUpperCase()) : word;
}
