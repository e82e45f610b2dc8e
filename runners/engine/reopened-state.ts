import { isDeepStrictEqual } from "node:util";
import type { PlainValue } from "../../dsl/values/ref.ts";
import type { ReopenedEvent } from "../events/run-event.ts";
import type { RunState } from "./run-state.ts";

/** A step runs again: as if nobody had answered, waited or looked. What it did stands until it begins. */
export function applyReopened(state: RunState, { step, guards }: ReopenedEvent): void {
  state.answers.delete(step);
  state.checkedItems.delete(step);
  state.waited.delete(step);
  state.gateSamples.delete(step);
  for (const guard of guards) state.guards.delete(guard);
  const record = state.steps.get(step);
  if (!record) return;
  const gave = state.outputs.get(record.started.id);
  state.steps.set(step, { ...record, reopened: true, tries: 0, ...(gave === undefined ? {} : { gave }) });
}

/** A step that ran again has ended: what used a value that came out different is stale from here on. */
export function noteDifferences(state: RunState, step: string, now: Readonly<Record<string, PlainValue>>): void {
  const before = state.steps.get(step);
  if (before?.gave === undefined) return;
  const { gave, ...record } = before;
  for (const [name, value] of Object.entries(gave))
    if (!isDeepStrictEqual(value, now[name])) state.differs.set(`${record.started.id}.${name}`, state.order);
  state.steps.set(step, record);
}
