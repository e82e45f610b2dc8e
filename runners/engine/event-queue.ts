import type { RunEvent } from "../events/run-event.ts";

/** So many characters of output may wait for somebody who does not look; then those that wait are dropped. The log has all of it. */
const maxWaitingOutput = 4 * 1024 * 1024;
/** What a piece counts besides its text. */
const perPiece = 400;

/** Events from the engine to whoever iterates over the run. */
export interface EventQueue extends AsyncIterable<RunEvent> {
  push(event: RunEvent): void;
  end(): void;
}

export function createEventQueue(): EventQueue {
  let waiting: RunEvent[] = [];
  let waitingOutput = 0;
  let ended = false;
  let wake: (() => void) | undefined;

  function push(event: RunEvent): void {
    waiting.push(event);
    if (event.type === "output" || event.type === "tick")
      waitingOutput += perPiece + (event.type === "output" ? event.text.length : 0);
    if (waitingOutput > maxWaitingOutput) {
      waiting = waiting.filter(({ type }) => type !== "output" && type !== "tick");
      waitingOutput = 0;
    }
    wake?.();
  }

  async function* iterate(): AsyncGenerator<RunEvent> {
    for (;;) {
      const batch = waiting;
      waiting = [];
      waitingOutput = 0;
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
