import type { Plan, PlanGuard, PlanStep } from "../../../dsl/plan/plan.ts";
import { guardsOf, stepsOf } from "../../../dsl/plan/walk-plan.ts";
import { lowerFirst } from "../../../renderers/page/words.ts";
import { partsOf } from "../../output/plan-parts.ts";
import type { SessionFacts } from "./session-facts.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What undoes a step, for a person: the author's title, else what runs. Undefined where there is nothing to say. */
export function undoWords(plan: Plan, { id, undo, effect }: PlanStep): string | undefined {
  switch (undo.kind) {
    case "none":
      return undefined;
    case "not-needed":
      return effect === "read" ? undefined : `none: ${undo.reason}`;
    case "irreversible":
      return "none";
    case "covered":
      return "with the others of its section";
    case "actions": {
      const [first, ...more] = undo.actions;
      const command = `${first?.command.text.split("\n")[0] ?? ""}${more.length > 0 ? `, and ${more.length} more` : ""}`;
      const title = undoTitle(plan, id, undo.title.text) ?? command;
      return `${lowerFirst(title)}${undo.ifCreated ? ", if it was created here" : ""}`;
    }
  }
}

/**
 * Steps that ran and would be undone now, newest first; and those that stay as they are.
 *
 * @param key The step at which somebody goes back: in a guard's range only what ran in it is undone.
 */
export function undoable(
  { facts }: Pick<TerminalUi, "facts">,
  key?: string,
): {
  readonly undone: readonly PlanStep[];
  readonly stays: readonly PlanStep[];
} {
  const range = key === undefined ? undefined : openGuard(facts, key)?.covers;
  const ran = [...facts.outcomes]
    .filter(([key]) => !key.startsWith("undo:") && mayHaveAnEffect(facts, key))
    .flatMap(([key]) => facts.stepOf(key) ?? [])
    .filter(({ effect, execution }) => effect !== "read" && execution !== "person")
    .filter(({ id }) => range === undefined || range.includes(id))
    .reverse();
  const isUndone = ({ undo }: PlanStep): boolean => undo.kind === "actions" || undo.kind === "covered";
  return { undone: ran.filter(isUndone), stays: ran.filter((step) => !isUndone(step)) };
}

/**
 * The guard to whose beginning one goes back: of several around a step the one that began first.
 *
 * @param key Of a step, or the id of a guard that asks itself.
 */
export function openGuard({ guards, trip, stepOf }: SessionFacts, key: string): PlanGuard | undefined {
  if (trip?.guard.id === key) return trip.guard;
  const id = stepOf(key)?.id;
  const asking = guards.get(key)?.guard;
  return asking ?? [...guards.values()].find(({ guard }) => id !== undefined && guard.covers.includes(id))?.guard;
}

/** A step that failed and was then skipped did begin. */
function mayHaveAnEffect({ outcomes, began }: SessionFacts, key: string): boolean {
  const outcome = outcomes.get(key) ?? "";
  return ["ok", "overruled", "failed", "unknown"].includes(outcome) || (outcome === "skipped" && began.has(key));
}

/**
 * The steps, by id, that a rollback asks about before it goes past them: what cannot be undone, and what may have
 * happened or not, unless its undo may run all the same.
 */
export function asksFirst({ facts }: Pick<TerminalUi, "facts">): ReadonlySet<string> {
  const asked = [...facts.began.values()].filter(({ step: key, undo }) => {
    const outcome = facts.outcomes.get(key) ?? "";
    if (key.startsWith("undo:") || undo === undefined || !mayHaveAnEffect(facts, key)) return false;
    if (undo.kind !== "actions") return undo.kind === "irreversible";
    const inDoubt = outcome !== "ok" && outcome !== "overruled";
    // what it printed tells what it created
    return inDoubt && !undo.idempotent && (undo.ifCreated === undefined || outcome === "unknown");
  });
  return new Set(asked.map(({ id }) => id));
}

/** "Phase 3" if all that a trip of the guard undoes is in it, else "what ran since 3.2". */
export function guardUndoes(plan: Plan, guardId: string): string {
  const guard = guardsOf(plan).find(({ id }) => id === guardId);
  const writes = stepsOf(plan).filter(({ id, effect }) => effect !== "read" && guard?.covers.includes(id));
  const parts = partsOf(plan).filter(({ steps }) => writes.some(({ id }) => steps.some((step) => step.id === id)));
  const [only] = parts;
  return parts.length === 1 && only?.name !== undefined
    ? only.name
    : `what ran since ${guard?.from?.number ?? "it began"}`;
}

/** What a guard does when it trips: "undoes Phase 3", "stops". */
export function guardDoes(plan: Plan, { id, onTrip }: PlanGuard): string {
  if (onTrip.kind === "stop") return "stops";
  if (onTrip.kind === "blocks") return "runs other steps";
  return `undoes ${onTrip.kind === "rollback-all" ? "all that ran" : guardUndoes(plan, id)}`;
}

/** What undoes a step, as its author calls it: the step's undo, else that of its group. */
export function undoTitle(plan: Plan, id: string, given: string): string | undefined {
  if (given !== `undo ${id}`) return given;
  return partsOf(plan)
    .flatMap(({ groups }) => groups)
    .find(({ steps }) => steps.some((step) => step.id === id))?.undoTitle?.text;
}
