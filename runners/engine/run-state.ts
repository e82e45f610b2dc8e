import type { PlainValue } from "../../dsl/values/ref.ts";
import type {
  Actor,
  AnsweredEvent,
  DecidedEvent,
  FinishedEvent,
  JournalEvent,
  Outcome,
  RecordedUndo,
  RollbackStartedEvent,
  RunPlace,
  SampledEvent,
  StartedEvent,
} from "../events/run-event.ts";
import type { Answer } from "../questions/question.ts";
import { applyToGuards, type GuardRecord } from "./guard-state.ts";
import { applyToQuestions, type Questions } from "./open-questions.ts";
import type { Standing } from "./place-differences.ts";
import { applyReopened, noteDifferences } from "./reopened-state.ts";

/** When an event was written. */
export interface Moment {
  /** Milliseconds since the machine's start; comparable within one boot. */
  readonly mono: number;
  /** Wall clock, in milliseconds. */
  readonly wall: number;
}

export interface StepRecord {
  readonly key: string;
  readonly started: StartedEvent;
  readonly startedAt: Moment;
  /** When, and in which boot, it was first started of the attempts that only an interruption ended: a wait goes on from there. */
  readonly since: Moment & { readonly boot: string };
  /** Counts `started` events of all steps; an order that no clock can change. */
  readonly order: number;
  readonly attempts: number;
  /** Which attempt of its `retry` it is. */
  readonly tries: number;
  readonly outcome?: Outcome;
  readonly finished?: FinishedEvent;
  readonly ready: boolean;
  readonly undo?: RecordedUndo;
  /** Somebody decided that it runs again, and it has not begun to. */
  readonly reopened?: true;
  /** The attempts that were done before it was run again, the oldest first: their effects stand too. */
  readonly earlier: readonly StepRecord[];
  /** Somebody decided, when so many steps had started, that it stays done although what it used has changed. */
  readonly keptAt?: number;
}

/** An answer, and the question that it was given to. */
export interface GivenAnswer {
  readonly question: string;
  readonly answer: Answer;
  readonly by: Actor;
  readonly at: Moment & { readonly boot: string };
  /** For how long it had waited to be read. */
  readonly waitedSeconds: number;
}

/** What a run has come to: nothing but its journal, read. */
export interface RunState {
  /** Where it acts, as it was last decided. */
  standing: Standing | undefined;
  /** Where the project stood when the plan was taken that the run goes by. */
  source: RunPlace | undefined;
  /** The boot that what is read now was written in; undefined where the journal does not say. */
  boot: string | undefined;
  /** Users who started or resumed it. */
  readonly operators: Set<string>;
  readonly steps: Map<string, StepRecord>;
  /** Captured values of the latest pass, by step id. */
  readonly outputs: Map<string, Readonly<Record<string, PlainValue>>>;
  /** What was given before somebody decided that it may come anew, by step id: a step that runs again, a repeat that goes on. */
  readonly gave: Map<string, Readonly<Record<string, PlainValue>> | "nothing">;
  /** When an output last came out different from what it had been, by `step.output`: how many steps had started. */
  readonly differs: Map<string, number>;
  /** Steps that were skipped, by id. */
  readonly skipped: Set<string>;
  /** How the latest pass of a step stands, by id; undefined while it runs. */
  readonly latest: Map<string, Outcome | undefined>;
  readonly decided: Map<string, Pick<DecidedEvent, "value" | "instead">>;
  readonly entered: Set<string>;
  readonly waited: Map<string, number>;
  readonly guards: Map<string, GuardRecord>;
  /** Those of the attempts that only an interruption ended, with the one that runs. */
  readonly gateSamples: Map<string, { readonly event: SampledEvent; readonly at: Moment }[]>;
  /** All that was ever said about a step; each belongs to one question. */
  readonly answers: Map<string, GivenAnswer[]>;
  /** What a machine saw of the items of a checklist, in the attempt that runs. */
  readonly checkedItems: Map<string, Map<number, boolean>>;
  readonly questions: Questions;
  rollback: RollbackStartedEvent | undefined;
  response: string | undefined;
  order: number;
  ended: boolean;
}

export function createRunState(): RunState {
  return {
    standing: undefined,
    source: undefined,
    boot: undefined,
    operators: new Set(),
    steps: new Map(),
    outputs: new Map(),
    gave: new Map(),
    differs: new Map(),
    skipped: new Set(),
    latest: new Map(),
    decided: new Map(),
    entered: new Set(),
    waited: new Map(),
    guards: new Map(),
    gateSamples: new Map(),
    answers: new Map(),
    checkedItems: new Map(),
    questions: { open: new Map(), asked: new Map() },
    rollback: undefined,
    response: undefined,
    order: 0,
    ended: false,
  };
}

/** Takes one event of the journal into the state. The only way in which a state changes. */
export function applyEvent(state: RunState, event: JournalEvent, at: Moment): void {
  applyToQuestions(state.questions, event, at);
  switch (event.type) {
    case "created":
      state.boot = event.boot;
      state.operators.add(event.by.user);
      state.standing = { folder: event.cwd, ...(event.place === undefined ? {} : { place: event.place }) };
      state.source = event.place;
      return;
    case "resumed":
      state.boot = event.boot;
      state.operators.add(event.by.user);
      return;
    case "place-changed":
      state.standing = { folder: event.folder, ...(event.place === undefined ? {} : { place: event.place }) };
      return;
    case "plan-changed":
      state.source = event.place;
      return;
    case "started":
      applyStarted(state, event, at);
      return;
    case "ready":
      patchStep(state, event.step, { ready: true });
      return;
    case "finished":
      applyFinished(state, event);
      return;
    case "reopened":
      applyReopened(state, event);
      return;
    case "section-entered":
      state.entered.add(event.section);
      return;
    case "decided":
      applyDecided(state, event);
      return;
    case "waited":
      state.waited.set(event.step, event.seconds);
      return;
    case "answered":
      applyAnswered(state, event, at);
      if (event.kind === "stale" && event.answer.say === "keep") patchStep(state, event.step, { keptAt: state.order });
      return;
    case "item-checked":
      state.checkedItems.set(event.step, new Map(state.checkedItems.get(event.step)).set(event.item, event.ok));
      return;
    case "rollback-started":
      state.rollback = event;
      // also of a run that was over: it is not, until this is
      state.ended = false;
      return;
    case "response-started":
      state.response = event.owner;
      return;
    case "ended":
      state.ended = true;
      return;
    case "sampled":
      if (event.gate !== undefined) append(state.gateSamples, event.gate, { event, at });
      applyToGuards(state, event, at);
      return;
    default:
      applyToGuards(state, event, at);
      return;
  }
}

/** The step's id, without its pass. */
export function baseId(key: string): string {
  return key.replace(/(\[\d+\])+$/, "");
}

/** It is done, and never runs again: nobody decided that it does. */
export function isDone(record: StepRecord | undefined): boolean {
  return isSettled(record?.outcome) && record?.reopened === undefined;
}

/** An outcome after which a step never runs again by itself. */
export function isSettled(outcome: Outcome | undefined): boolean {
  return outcome === "ok" || outcome === "overruled" || outcome === "skipped" || outcome === "undone";
}

function applyStarted(state: RunState, event: StartedEvent, at: Moment): void {
  const before = state.steps.get(event.step);
  // whoever attaches to it again changes neither its place nor its start
  if (event.attached && before) return;
  state.order += 1;
  const id = baseId(event.step);
  // what an earlier pass or attempt gave is not what this one gives
  state.outputs.delete(id);
  state.latest.set(id, undefined);
  state.checkedItems.delete(event.step);
  if (before?.outcome !== "not-started") state.gateSamples.delete(event.step);
  state.steps.set(event.step, {
    key: event.step,
    started: event,
    startedAt: at,
    since: before?.outcome === "not-started" ? before.since : { ...at, boot: event.boot },
    order: state.order,
    attempts: (before?.attempts ?? 0) + 1,
    tries: triesOf(before),
    ready: false,
    earlier: before?.reopened ? [...before.earlier, before] : (before?.earlier ?? []),
    ...(event.undo === undefined ? {} : { undo: event.undo }),
  });
}

function triesOf(before: StepRecord | undefined): number {
  if (before?.finished?.retryIn !== undefined && before.outcome === "failed") return before.tries + 1;
  return before?.outcome === "not-started" ? Math.max(1, before.tries) : 1;
}

function applyFinished(state: RunState, event: FinishedEvent): void {
  const id = baseId(event.step);
  state.latest.set(id, event.outcome);
  if (event.outcome === "skipped") state.skipped.add(id);
  else state.skipped.delete(id);
  const outputs = event.outputs as Readonly<Record<string, PlainValue>> | undefined;
  if (outputs) state.outputs.set(id, outputs);
  if (isSettled(event.outcome)) noteDifferences(state, id, outputs ?? {});
  const undo = event.undo === undefined ? {} : { undo: event.undo };
  if (state.steps.has(event.step)) {
    const { reopened: _over, ...record } = state.steps.get(event.step) as StepRecord;
    state.steps.set(event.step, { ...record, outcome: event.outcome, finished: event, ...undo });
    return;
  }
  // skipped before it was ever started
  const started = { type: "started", step: event.step, id, attempt: 0 } as unknown as StartedEvent;
  const startedAt = { mono: 0, wall: 0 };
  state.steps.set(event.step, {
    key: event.step,
    started,
    startedAt,
    since: { ...startedAt, boot: "" },
    order: 0,
    attempts: 0,
    tries: 0,
    ready: false,
    earlier: [],
    outcome: event.outcome,
    finished: event,
  });
}

/** A repeat that goes on gives anew what others may have used. */
function applyDecided(state: RunState, { key, value, instead, by }: DecidedEvent): void {
  state.decided.set(key, { value, ...(instead === undefined ? {} : { instead }) });
  if (by !== undefined && instead === undefined) for (const [id, outputs] of state.outputs) state.gave.set(id, outputs);
}

function applyAnswered(
  state: RunState,
  { step, question, answer, by, waitedSeconds = 0 }: AnsweredEvent,
  at: Moment,
): void {
  // whoever takes an answer to an approval has asked for it
  const boot = state.questions.open.get(step)?.askedAt.boot ?? "";
  append(state.answers, step, { question, answer, by, at: { ...at, boot }, waitedSeconds });
}

function patchStep(state: RunState, key: string, patch: Partial<StepRecord>): void {
  const record = state.steps.get(key);
  if (record) state.steps.set(key, { ...record, ...patch });
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
