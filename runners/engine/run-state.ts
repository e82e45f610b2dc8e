import type { PlainValue } from "../../dsl/values/ref.ts";
import type {
  Actor,
  FinishedEvent,
  JournalEvent,
  Outcome,
  RecordedUndo,
  RollbackStartedEvent,
  Sample,
  SampledEvent,
  StartedEvent,
} from "../events/run-event.ts";
import type { Answer } from "../questions/question.ts";
import { applyToQuestions, type Questions } from "./open-questions.ts";

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
}

export interface GuardRecord {
  readonly state: "open" | "tripped" | "blind" | "closed";
  readonly why?: string;
  /** How many steps had started when it opened; what ran since the guard has a higher order. */
  readonly openedAfter: number;
  readonly bad: number;
  /** The last samples of which one was bad. */
  readonly lastBad?: readonly Sample[];
  /** When it last sampled; its opening, before it has. */
  readonly lastSample?: Moment;
}

/** An answer, and the question that it was given to. */
export interface GivenAnswer {
  readonly question: string;
  readonly answer: Answer;
  readonly by: Actor;
}

/** What a run has come to: nothing but its journal, read. */
export interface RunState {
  readonly steps: Map<string, StepRecord>;
  /** Captured values of the latest pass, by step id. */
  readonly outputs: Map<string, Readonly<Record<string, PlainValue>>>;
  /** Steps that were skipped, by id. */
  readonly skipped: Set<string>;
  /** How the latest pass of a step stands, by id; undefined while it runs. */
  readonly latest: Map<string, Outcome | undefined>;
  readonly decided: Map<string, string | boolean>;
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
    steps: new Map(),
    outputs: new Map(),
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
    case "started":
      applyStarted(state, event, at);
      return;
    case "ready":
      patchStep(state, event.step, { ready: true });
      return;
    case "finished":
      applyFinished(state, event);
      return;
    case "section-entered":
      state.entered.add(event.section);
      return;
    case "decided":
      state.decided.set(event.key, event.value);
      return;
    case "waited":
      state.waited.set(event.step, event.seconds);
      return;
    case "answered":
      append(state.answers, event.step, { question: event.question, answer: event.answer, by: event.by });
      return;
    case "item-checked":
      state.checkedItems.set(event.step, new Map(state.checkedItems.get(event.step)).set(event.item, event.ok));
      return;
    case "guard-opened":
      state.guards.set(event.guard, { state: "open", openedAfter: state.order, bad: 0, lastSample: at });
      return;
    case "sampled":
      applySampled(state, event, at);
      return;
    case "guard-tripped":
      patchGuard(state, event.guard, {
        state: "tripped",
        ...(event.why === undefined ? {} : { why: event.why }),
      });
      return;
    case "guard-blind":
      patchGuard(state, event.guard, { state: "blind", ...(event.why === undefined ? {} : { why: event.why }) });
      return;
    case "guard-sees":
      patchGuard(state, event.guard, { state: "open" });
      return;
    case "guard-armed":
      patchGuard(state, event.guard, { state: "open", bad: 0 });
      return;
    case "guard-closed":
      patchGuard(state, event.guard, { state: "closed" });
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
    default:
      return;
  }
}

/** The step's id, without its pass. */
export function baseId(key: string): string {
  return key.replace(/(\[\d+\])+$/, "");
}

/** It is done, and never runs again by itself. */
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
  if (event.outputs) state.outputs.set(id, event.outputs as Readonly<Record<string, PlainValue>>);
  const undo = event.undo === undefined ? {} : { undo: event.undo };
  if (state.steps.has(event.step)) {
    patchStep(state, event.step, { outcome: event.outcome, finished: event, ...undo });
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
    outcome: event.outcome,
    finished: event,
  });
}

function applySampled(state: RunState, event: SampledEvent, at: Moment): void {
  if (event.gate !== undefined) append(state.gateSamples, event.gate, { event, at });
  if (event.guard === undefined) return;
  const bad = event.samples.some((sample) => sample.bad);
  patchGuard(state, event.guard, {
    lastSample: at,
    bad: (state.guards.get(event.guard)?.bad ?? 0) + (bad ? 1 : 0),
    ...(bad ? { lastBad: event.samples } : {}),
  });
}

function patchStep(state: RunState, key: string, patch: Partial<StepRecord>): void {
  const record = state.steps.get(key);
  if (record) state.steps.set(key, { ...record, ...patch });
}

function patchGuard(state: RunState, id: string, patch: Partial<GuardRecord>): void {
  const record = state.guards.get(id) ?? { state: "open", openedAfter: state.order, bad: 0 };
  state.guards.set(id, { ...record, ...patch });
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
