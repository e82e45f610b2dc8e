import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { latestKey, passesOf } from "../engine/passes.ts";
import { whyNotAgain } from "../engine/reopen.ts";
import { isDone, type RunState } from "../engine/run-state.ts";
import type { StepChange } from "../events/run-event.ts";
import { ownValue } from "../questions/own-value.ts";
import { changedWords } from "./changed-words.ts";
import { differingLeaves } from "./differing-leaves.ts";
import { movedIds } from "./moved-ids.ts";
import { outputsIn } from "./outputs-in.ts";
import { type PlanPart, partsOf } from "./plan-parts.ts";
import { repeatsAround } from "./repeats-around.ts";

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
  const [repeatedBefore, repeatedNow] = [repeatsAround(before), repeatsAround(after)];
  const steps = new Map(stepsOf(after).map((step) => [step.id, step]));
  const standing = (part: PlanPart): Pick<StepChange, "done" | "mayRunAgain" | "pass" | "lacks"> => {
    const step = part.number === undefined ? undefined : steps.get(part.id);
    const done = isOver(part, state, repeatedBefore);
    if (step === undefined) return { done };
    const pass = latestKey(state, step.id);
    if (whyNotAgain(state, { step, passes: passesOf(pass) }, repeatedNow) !== undefined) return { done };
    const lacks = lackingOutputs(after, step, state);
    return {
      done,
      mayRunAgain: true,
      ...(pass === step.id ? {} : { pass }),
      ...(lacks.length === 0 ? {} : { lacks }),
    };
  };
  const inNow = now.flatMap((part): readonly StepChange[] => {
    const was = oldByKey.get(part.key);
    const { id: step, lines } = part;
    if (!was) return part.isFrozen ? [] : [{ step, change: "inserted", after: lines.join("\n"), done: false }];
    const edited = JSON.stringify(was.basis) !== JSON.stringify(part.basis);
    if (edited) return [{ ...edit(was, part), step, ...standing(part) }];
    if (!moved.has(part.key)) return [];
    return [{ step, change: "moved", before: `as ${was.number}`, after: `as ${part.number}`, ...standing(part) }];
  });
  const removed = old.filter(({ key, isFrozen }) => !isFrozen && !nowByKey.has(key));
  return [
    ...inNow,
    ...removed.map(
      (part): StepChange => ({
        step: part.id,
        change: "removed",
        before: part.lines.join("\n"),
        done: isOver(part, state, repeatedBefore),
      }),
    ),
  ];
}

/** Nobody can decide about a difference that does not show: what has no words of its own is told as data. */
function edit(was: PlanPart, part: PlanPart): Pick<StepChange, "before" | "after" | "change" | "what"> {
  const what = changedWords(was.basis, part.basis);
  const [before, after] = [was.lines.join("\n"), part.lines.join("\n")];
  if (before !== after) return { change: "edited", what, before, after };
  const [leavesBefore, leavesAfter] = differingLeaves(was.basis, part.basis);
  return { change: "edited", what, before: `${before}\n${leavesBefore}`, after: `${after}\n${leavesAfter}` };
}

/** What was never given can be used by nobody. */
function lackingOutputs(plan: Plan, { id, outputs }: PlanStep, state: RunState): readonly string[] {
  const given = state.outputs.get(id) ?? {};
  const missing = outputs.map(({ name }) => name).filter((name) => ownValue(given, name) === undefined);
  if (missing.length === 0) return [];
  const used = new Set(outputsIn(plan));
  return missing.filter((name) => used.has(`${id}.${name}`));
}

function isOver({ covers, guard }: PlanPart, state: RunState, repeated: ReturnType<typeof repeatsAround>): boolean {
  if (guard !== undefined) return state.guards.get(guard)?.state === "closed";
  const isStepOver = (step: string): boolean => {
    const [repeat] = repeated.get(step) ?? [];
    return repeat === undefined ? isDone(state.steps.get(step)) : isRepeatOver(repeat.id, state);
  };
  return covers.length > 0 && covers.every(isStepOver);
}

/** No pass comes any more: what it goes on until has come to be so. */
function isRepeatOver(repeat: string, { decided }: RunState): boolean {
  for (let pass = 1; ; pass += 1) {
    const isSo = decided.get(`${repeat}[${pass}]`)?.value;
    if (typeof isSo !== "boolean") return false;
    if (isSo) return true;
  }
}
