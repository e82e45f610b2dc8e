import type { RunEvent } from "../events/run-event.ts";
import type { Run, RunResult } from "../run-options.ts";
import { createEventQueue } from "./event-queue.ts";

/** Begins to work at once; the events wait for whoever iterates, and an error ends both the events and the result. */
export function launch(work: (emit: (event: RunEvent) => void) => Promise<RunResult>): Run {
  const events = createEventQueue();
  const result = work(events.push).finally(events.end);
  // whoever only iterates hears of it there
  result.catch(() => {});
  return {
    result,
    async *[Symbol.asyncIterator]() {
      yield* events;
      await result;
    },
  };
}
