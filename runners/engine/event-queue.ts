import type { RunEvent } from "../events/run-event.ts";

/** So many pieces of output may wait for somebody who does not look; then those that wait are dropped. The log has all of it. */
const maxWaitingOutput = 10_000;

/** Events from the engine to whoever iterates over the run. */
export interface EventQueue extends AsyncIterable<RunEvent> {
  push(event: RunEvent): void;
  end(): void;
}

export function createEventQueue(): EventQueue {
  let waiting: RunEvent[] = [];
  let outputs = 0;
  let ended = false;
  let wake: (() => void) | undefined;

  function push(event: RunEvent): void {
    waiting.push(event);
    if (event.type === "output" || event.type === "tick") outputs += 1;
    if (outputs > maxWaitingOutput) {
      waiting = waiting.filter(({ type }) => type !== "output" && type !== "tick");
      outputs = 0;
    }
    wake?.();
  }

  async function* iterate(): AsyncGenerator<RunEvent> {
    for (;;) {
      const batch = waiting;
      waiting = [];
      outputs = 0;
      yield* batch;
      if (waiting.length > 0) continue;
      if (ended) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
  }

  return {
    push,
    end: () => {
      ended = true;
      wake?.();
    },
    [Symbol.asyncIterator]: iterate,
  };
}
