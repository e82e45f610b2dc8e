import type { JournalEvent } from "../events/run-event.ts";
import { type JournalLine, splitLine } from "../journal/journal-line.ts";
import { applyEvent, createRunState, type RunState } from "./run-state.ts";

/** What the lines of a journal come to. */
export function readState(lines: readonly JournalLine<JournalEvent>[]): RunState {
  const state = createRunState();
  for (const line of lines) applyEvent(state, eventOf(line), { mono: line.mono, wall: Date.parse(line.at) });
  return state;
}

/** Without what the journal added: an event that is recorded again must not carry it. */
function eventOf(line: JournalLine<JournalEvent>): JournalEvent {
  return splitLine(line).event as JournalEvent;
}
