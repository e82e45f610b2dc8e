import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
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
  let iterated = false;
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
    if (iterated)
      throw new LockstepError({
        code: "bad-argument",
        message: "somebody iterates over this run already, and its events go to one iteration at a time",
        hint: "Iterate once, and pass the events on to whoever wants them",
      });
    iterated = true;
    let batch: RunEvent[] = [];
    let next = 0;
    try {
      for (;;) {
        batch = waiting;
        waiting = [];
        waitingOutput = 0;
        for (next = 0; next < batch.length; ) yield batch[next++] as RunEvent;
        if (waiting.length > 0) continue;
        if (ended) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        wake = undefined;
      }
    } finally {
      // who stops may go on later
      waiting = [...batch.slice(next), ...waiting];
      iterated = false;
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
