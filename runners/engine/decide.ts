import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanBlock, PlanStep } from "../../dsl/plan/plan.ts";
import { stepsIn } from "../../dsl/plan/walk-plan.ts";
import { repeatsAround } from "../changes/repeats-around.ts";
import type { Actor } from "../events/run-event.ts";
import { settleRunning } from "../rollback/settle-running.ts";
import { ask } from "./ask.ts";
import type { Engine } from "./engine.ts";
import type { Halt } from "./halt.ts";
import { laterPass } from "./passes.ts";
import { isLeftOut, reopen } from "./reopen.ts";
import { isDone } from "./run-state.ts";
import { failAt, runStep } from "./run-step.ts";

type Value = string | boolean;

/** What a condition, a choice or the end of a pass decides. */
export interface Decision {
  /** Names it in the journal. */
  readonly key: string;
  /** How a person knows it. */
  readonly number: string;
  readonly title: string;
  /** What the journal says beside the value. */
  readonly words: (value: Value) => string;
  /** The passes of the repeats around what hangs on it. */
  readonly passes: string;
  /** The first step that hangs on it: what is asked is asked in its place. */
  readonly place: PlanStep | undefined;
  /** By the values of now; `unknown` says which is not known, `unfit` why nothing can be decided by them. */
  readonly value: () => { readonly now: Value } | { readonly unknown: string } | { readonly unfit: string };
  readonly effect: (value: Value) => Effect;
}

/** What a decision comes to. */
interface Effect {
  /** What runs by it. */
  readonly runs?: readonly PlanBlock[];
  /** What is left out by it. */
  readonly leaves?: readonly PlanBlock[];
  /** Of a repeat, in words. */
  readonly remark?: string;
}

/**
 * Evaluated once and journaled; a resume reads it. Where it would come out otherwise by the values of now, a person says
 * whether it stays. What came of a pass that another one has followed has happened: nothing is left to decide there.
 *
 * @throws Halt when a value that it needs is not known, or decides nothing.
 */
export async function decide(engine: Engine, decision: Decision): Promise<Value> {
  const { key, place, passes, words } = decision;
  const before = engine.state.decided.get(key);
  const value = decision.value();
  if (before === undefined) {
    if ("unknown" in value)
      throw await undecided(engine, place, `${key} cannot be decided: the value of ${value.unknown} is not known`);
    if ("unfit" in value) throw await undecided(engine, place, value.unfit);
    await engine.recorder.record({ type: "decided", key, value: value.now, words: words(value.now) });
    return value.now;
  }
  if (!("now" in value) || value.now === before.value || value.now === before.instead) return before.value;
  if (place === undefined || isPast(engine, place, passes)) return before.value;
  return decideAnew(engine, { ...decision, place }, before.value, value.now);
}

/**
 * A step is come to that a decision had left out, and that decision is no longer there, such as after an edit: it does
 * not stay out in silence.
 */
export async function decideIfLeftOut(engine: Engine, step: PlanStep, key: string): Promise<void> {
  const record = engine.state.steps.get(key);
  if (!isLeftOut(record) || engine.state.decided.has(key)) return;
  const passes = key.slice(step.id.length);
  if (isPast(engine, step, passes)) return;
  const title = engine.text(step.title);
  const decision = { key, number: step.number, title, words: () => title, passes, place: step };
  await decideAnew(engine, { ...decision, effect: () => ({ runs: [step] }) }, "left out", "to run");
}

function isPast({ plan, state }: Engine, step: PlanStep, passes: string): boolean {
  return laterPass(state, repeatsAround(plan).get(step.id) ?? [], passes) !== undefined;
}

async function decideAnew(
  engine: Engine,
  { key, number, title, words, passes, place, effect }: Omit<Decision, "value"> & { readonly place: PlanStep },
  was: Value,
  now: Value,
): Promise<Value> {
  const { runs = [], leaves = [], remark } = effect(now);
  const changes = remark === undefined ? changeWords(engine, stepsIn(runs), stepsIn(leaves), passes) : [remark];
  const question = { kind: "decision", step: key, number, title, was: wordOf(was), now: wordOf(now), changes } as const;
  const { answer, by } = await ask(engine, place, question, engine.endIdle);
  if (answer.say !== "again") {
    await engine.recorder.record({ type: "decided", key, value: was, words: words(was), by, instead: now });
    return was;
  }
  // what runs is brought to its end before nothing comes to it any more
  const left = new Set(stepsIn(leaves).map(({ id }) => id + passes));
  await settleRunning(engine, (running) => [...left].some((one) => running === one || running.startsWith(`${one}[`)));
  const first = await reopenLeftOut(engine, stepsIn(runs), passes, by);
  await engine.recorder.record({ type: "decided", key, value: now, words: words(now), by });
  for (const step of first) await runStep(engine, step.step, step.passes);
  return now;
}

/** @returns What must run again before it: who approved what follows had not seen that it runs. */
async function reopenLeftOut(engine: Engine, steps: readonly PlanStep[], passes: string, by: Actor) {
  const first: Awaited<ReturnType<typeof reopen>>[number][] = [];
  for (const step of steps)
    if (isLeftOut(engine.state.steps.get(step.id + passes)))
      first.push(...(await reopen(engine, step, passes, by, "what had left it out is decided anew")));
  return first;
}

function changeWords(
  { state }: Engine,
  runs: readonly PlanStep[],
  leaves: readonly PlanStep[],
  passes: string,
): readonly string[] {
  const isOver = ({ id }: PlanStep): boolean => {
    const record = state.steps.get(id + passes);
    return isDone(record) && record?.outcome !== "skipped";
  };
  const say = (steps: readonly PlanStep[], one: string, several = one): readonly string[] => {
    const numbers = steps.map(({ number }) => number + passes).join(", ");
    return steps.length === 0 ? [] : [`${numbers} ${steps.length === 1 ? one : several}`];
  };
  return [
    ...say(
      runs.filter((step) => !isOver(step)),
      "would run",
    ),
    ...say([...runs, ...leaves].filter(isOver), "is done: what it did stays", "are done: what they did stays"),
    ...say(
      leaves.filter(({ id }) => !isDone(state.steps.get(id + passes))),
      "would be left out",
    ),
  ];
}

function wordOf(value: Value): string {
  return typeof value === "string" ? value : value ? "yes" : "no";
}

async function undecided(engine: Engine, place: PlanStep | undefined, message: string): Promise<Halt | LockstepError> {
  if (!place) return new LockstepError({ code: "missing-parameter", message });
  return failAt(engine, place, place.id, message);
}
