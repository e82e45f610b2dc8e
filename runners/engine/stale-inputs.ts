import type { PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { outputsIn } from "../changes/outputs-in.ts";
import { repeatsAround } from "../changes/repeats-around.ts";
import { coveredSteps } from "./approval-cover.ts";
import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import { passesOf } from "./passes.ts";
import { type PlacedStep, reopen, voidApproval, whyNotAgain } from "./reopen.ts";
import { isDone, type StepRecord } from "./run-state.ts";

/**
 * A step is done, and an output that it used has come out different since: a person decides whether it stays so or
 * runs again. An approval of something that is still to come with such a value is void; nobody can keep that.
 *
 * @param runFirst Runs what must run again before it.
 */
export async function decideIfStale(
  engine: Engine,
  step: PlanStep,
  key: string,
  runFirst: (before: PlacedStep) => Promise<void>,
): Promise<void> {
  const { state } = engine;
  const record = state.steps.get(key);
  if (state.differs.size === 0 || !isDone(record)) return;
  if (step.action.kind === "approval") {
    const open = coveredSteps(engine.plan, step.id).filter(({ id }) => !isDone(state.steps.get(id)));
    if (open.some((covered) => staleSince(engine, covered, record).length > 0)) await voidApproval(engine, key);
    return;
  }
  const stale = record?.outcome === "skipped" ? [] : staleSince(engine, step, record);
  const placed = { step, passes: passesOf(key) };
  if (stale.length === 0 || whyNotAgain(state, placed, repeatsAround(engine.plan)) !== undefined) return;
  const question = {
    kind: "stale",
    step: key,
    number: step.number,
    title: engine.text(step.title),
    remark: `it used ${stale.join(", ")}, which came out different since`,
  } as const;
  const { answer, by } = await ask(engine, step, question, engine.endIdle);
  if (answer.say !== "again") return;
  const first = await reopen(engine, step, placed.passes, by, "what it used came out different");
  for (const before of first) await runFirst(before);
}

/**
 * Says, right after a step ran again, which steps have used what it gave before.
 *
 * @param since How many steps had started before it did.
 */
export async function noteStale(engine: Engine, step: PlanStep, since: number): Promise<void> {
  const { differs, steps } = engine.state;
  const now = new Set(
    [...differs].flatMap(([name, at]) => (at > since && name.startsWith(`${step.id}.`) ? [name] : [])),
  );
  if (now.size === 0) return;
  const passes = (id: string): readonly StepRecord[] => [...steps.values()].filter(({ started }) => started.id === id);
  const used = stepsOf(engine.plan).filter(
    (other) =>
      usedBy(other).some((name) => now.has(name)) &&
      passes(other.id).some(({ outcome }) => outcome === "ok" || outcome === "overruled"),
  );
  const decided = stepsOf(engine.plan).filter(({ id, conditions }) => passes(id).length > 0 && uses(conditions, now));
  const words = [
    `${namesOf(engine, [...now]).join(", ")} came out different`,
    used.length === 0 ? "nothing that is done has used it" : `used by ${used.map(({ number }) => number).join(", ")}`,
    ...(decided.length === 0 ? [] : [`decided by it: ${decided.map(({ number }) => number).join(", ")}`]),
  ];
  const by = { user: "lockstep", host: engine.by.host };
  await engine.recorder.record({ type: "noted", step: step.id, text: words.join("; "), by });
}

/** In words, the outputs that it used and that came out different after it had started, and after it was kept as done. */
function staleSince(engine: Engine, step: PlanStep, record: StepRecord | undefined): readonly string[] {
  const since = Math.max(record?.order ?? 0, record?.keptAt ?? 0);
  return namesOf(
    engine,
    usedBy(step).filter((name) => (engine.state.differs.get(name) ?? 0) > since),
  );
}

/** What undoes it is recorded, and conditions are decided once; all else goes by the values. */
function usedBy({ conditions: _decided, undo: _recorded, onFailure: _answer, ...step }: PlanStep): readonly string[] {
  return [...new Set(outputsIn(step))];
}

function uses(value: unknown, names: ReadonlySet<string>): boolean {
  return outputsIn(value).some((name) => names.has(name));
}

/** "version of 1.2". */
function namesOf({ plan }: Engine, names: readonly string[]): readonly string[] {
  const numbers = new Map(stepsOf(plan).map(({ id, number }) => [id, number]));
  return names.map((name) => {
    const at = name.lastIndexOf(".");
    return `${name.slice(at + 1)} of ${numbers.get(name.slice(0, at)) ?? name.slice(0, at)}`;
  });
}
