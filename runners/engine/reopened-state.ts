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
  const { id } = record.started;
  state.gave.set(id, record.outcome === "skipped" ? "nothing" : (state.outputs.get(id) ?? {}));
  state.steps.set(step, { ...record, reopened: true, tries: 0 });
}

/** A step that ran again has ended: what used a value that came out different is stale from here on. */
export function noteDifferences(state: RunState, id: string, now: Readonly<Record<string, PlainValue>>): void {
  const gave = state.gave.get(id);
  if (gave === undefined) return;
  const before = gave === "nothing" ? {} : gave;
  // what it did not give before an edit, nobody has used; what it did not give since it was skipped, others did without
  for (const name of Object.keys(gave === "nothing" ? now : gave))
    if (!isDeepStrictEqual(before[name], now[name])) state.differs.set(`${id}.${name}`, state.order);
  state.gave.set(id, now);
}
