import type { Plan, PlanGuard, PlanRepeat, PlanStep } from "../../dsl/plan/plan.ts";
import { guardsOf, repeatsOf, stepsOf } from "../../dsl/plan/walk-plan.ts";
import type { StepChange } from "../events/run-event.ts";
import { movedIds } from "./moved-ids.ts";
import { isSettled, type RunState } from "./run-state.ts";

/** How the runbook differs from the one that the run was made with: what steps do, not how they are worded. */
export function changesBetween(before: Plan, after: Plan, state: RunState): readonly StepChange[] {
  const old = stepsOf(before);
  const now = stepsOf(after);
  const oldById = new Map(old.map((step) => [step.id, step]));
  const nowById = new Map(now.map((step) => [step.id, step]));
  const moved = movedIds(
    old.map(({ id }) => id).filter((id) => nowById.has(id)),
    now.map(({ id }) => id).filter((id) => oldById.has(id)),
  );
  const done = (id: string): boolean => isSettled(state.steps.get(id)?.outcome);
  const inNow = now.flatMap((step): StepChange[] => {
    const was = oldById.get(step.id);
    if (!was) return [{ step: step.id, change: "inserted", after: describe(step), done: false }];
    if (was.fingerprint !== step.fingerprint)
      return [{ step: step.id, change: "edited", before: describe(was), after: describe(step), done: done(step.id) }];
    if (moved.has(step.id))
      return [
        { step: step.id, change: "moved", before: `as ${was.number}`, after: `as ${step.number}`, done: done(step.id) },
      ];
    return [];
  });
  const removed = old.filter(({ id }) => !nowById.has(id));
  return [
    ...inNow,
    ...removed.map(
      (step): StepChange => ({ step: step.id, change: "removed", before: describe(step), done: done(step.id) }),
    ),
    ...repeatChanges(before, after),
    ...guardChanges(before, after, state),
    ...valueChanges(before, after),
  ];
}

/** How long its steps go on is a matter of the repeat, and stands on none of them. */
function repeatChanges(before: Plan, after: Plan): readonly StepChange[] {
  const now = new Map(repeatsOf(after).map((block) => [block.id, block]));
  return repeatsOf(before).flatMap((block): StepChange[] => {
    const other = now.get(block.id);
    if (!other || other.fingerprint === block.fingerprint) return [];
    return [
      { step: block.id, change: "edited", before: describeRepeat(block), after: describeRepeat(other), done: false },
    ];
  });
}

/** The values of a run are frozen: fingerprints do not show them, since they hold refs. */
function valueChanges(before: Plan, after: Plan): readonly StepChange[] {
  const old = new Map(before.parameters.map(({ name, value }) => [name, value]));
  const words = (flag: string, value: unknown): string => `${flag} = ${JSON.stringify(value) ?? "(no value)"}`;
  return after.parameters.flatMap(({ name, flag, value }): StepChange[] => {
    const was = old.get(name);
    if (!old.has(name) || JSON.stringify(was) === JSON.stringify(value)) return [];
    return [{ step: flag, change: "edited", before: words(flag, was), after: words(flag, value), done: false }];
  });
}

/** A guard that is over, or was never open, may change; one that watches may not, unasked. */
function guardChanges(before: Plan, after: Plan, state: RunState): readonly StepChange[] {
  const now = new Map(guardsOf(after).map((guard) => [guard.id, guard]));
  return guardsOf(before).flatMap((guard): StepChange[] => {
    const open = state.guards.get(guard.id);
    if (!open || open.state === "closed") return [];
    const other = now.get(guard.id);
    if (!other) return [{ step: guard.id, change: "removed", before: describeGuard(guard), done: false }];
    if (other.fingerprint === guard.fingerprint) return [];
    return [
      { step: guard.id, change: "edited", before: describeGuard(guard), after: describeGuard(other), done: false },
    ];
  });
}

/** What a step does, as lines to compare. */
export function describe(step: PlanStep): string {
  const { action, command, expect, conditions, settings, timeoutSeconds, retry, outputs } = step;
  const lines = [
    ...(command ? [command.text] : []),
    ...(action.kind === "checklist"
      ? action.items.map(({ text, check }) => `- ${text.text}${check ? `: ${check.command.text}` : ""}`)
      : []),
    ...(action.kind === "approval" ? [`approval by ${action.by.join(", ")}, ${action.quorum} needed`] : []),
    ...(action.kind === "manual" ? [`manual${action.instructions ? `: ${action.instructions.text}` : ""}`] : []),
    ...(action.kind === "gate"
      ? [
          `fails if ${action.failIf.map(({ title, text }) => `${title} ${text}`).join(", ")}; holds ${action.holdSeconds}s`,
        ]
      : []),
    ...conditions.map(({ words }) => `if ${words}`),
    ...settings.cwd.map(({ text }) => `in ${text}`),
    ...settings.env.map(
      (entry) => `with ${entry.name}=${"secret" in entry ? `(secret ${entry.secret})` : entry.value.text}`,
    ),
    ...expect.map((item) => `expect ${item.kind === "contains" ? item.text.text : `/${item.pattern}/${item.flags}`}`),
    ...outputs.map(({ name, capture }) => `gives ${name} (${capture.kind})`),
    ...(timeoutSeconds === undefined ? [] : [`at most ${timeoutSeconds}s`]),
    ...(retry ? [`up to ${retry.attempts} attempts, ${retry.everySeconds}s apart`] : []),
    ...(step.effect === "read" ? [] : [`effect ${step.effect}`]),
  ];
  return lines.join("\n");
}

function describeRepeat({ limit, everySeconds, until }: PlanRepeat): string {
  return `up to ${limit} passes, ${everySeconds}s apart\nuntil ${until.words}`;
}

function describeGuard({ alerts, until, onTrip, intervalSeconds, failures }: PlanGuard): string {
  const watched = alerts.map(({ title, text }) => `${title} ${text}`).join(", ");
  return `${watched}\nuntil ${until?.id ?? "the end"}\non trip: ${onTrip.kind}\nevery ${intervalSeconds}s, ${failures} bad samples`;
}
