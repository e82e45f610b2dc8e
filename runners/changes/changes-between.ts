import type { Plan } from "../../dsl/plan/plan.ts";
import { isSettled, type RunState } from "../engine/run-state.ts";
import type { StepChange } from "../events/run-event.ts";
import { differingLeaves } from "./differing-leaves.ts";
import { movedIds } from "./moved-ids.ts";
import { type PlanPart, partsOf } from "./plan-parts.ts";

/**
 * How the runbook differs from the one that the run was made with: in what it does, wherever that stands, and not in
 * how it is worded. Whatever is edited differs also in the lines that tell it.
 */
export function changesBetween(before: Plan, after: Plan, state: RunState): readonly StepChange[] {
  const [old, now] = [partsOf(before), partsOf(after)];
  const oldByKey = new Map(old.map((part) => [part.key, part]));
  const nowByKey = new Map(now.map((part) => [part.key, part]));
  const stepsIn = (parts: readonly PlanPart[], other: ReadonlyMap<string, PlanPart>): readonly string[] =>
    parts.flatMap(({ key, number }) => (number !== undefined && other.has(key) ? [key] : []));
  const moved = movedIds(stepsIn(old, nowByKey), stepsIn(now, oldByKey));
  const inNow = now.flatMap((part): readonly StepChange[] => {
    const was = oldByKey.get(part.key);
    const { id: step, lines } = part;
    if (!was) return part.isFrozen ? [] : [{ step, change: "inserted", after: lines.join("\n"), done: false }];
    const done = isOver(part, state);
    if (JSON.stringify(was.basis) !== JSON.stringify(part.basis)) return [{ ...edit(was, part), step, done }];
    if (!moved.has(part.key)) return [];
    return [{ step, change: "moved", before: `as ${was.number}`, after: `as ${part.number}`, done }];
  });
  const removed = old.filter(({ key, isFrozen }) => !isFrozen && !nowByKey.has(key));
  return [
    ...inNow,
    ...removed.map(
      (part): StepChange => ({
        step: part.id,
        change: "removed",
        before: part.lines.join("\n"),
        done: isOver(part, state),
      }),
    ),
  ];
}

/** Nobody can decide about a difference that does not show: what has no words of its own is told as data. */
function edit(was: PlanPart, part: PlanPart): Pick<StepChange, "before" | "after" | "change"> {
  const [before, after] = [was.lines.join("\n"), part.lines.join("\n")];
  if (before !== after) return { change: "edited", before, after };
  const [leavesBefore, leavesAfter] = differingLeaves(was.basis, part.basis);
  return { change: "edited", before: `${before}\n${leavesBefore}`, after: `${after}\n${leavesAfter}` };
}

function isOver({ covers, guard }: PlanPart, { steps, guards }: RunState): boolean {
  if (guard !== undefined) return guards.get(guard)?.state === "closed";
  return covers.length > 0 && covers.every((step) => isSettled(steps.get(step)?.outcome));
}
