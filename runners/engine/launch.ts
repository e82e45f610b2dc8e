import type { RunEvent } from "../events/run-event.ts";
import type { Run, RunResult } from "../run-options.ts";
import type { Engine } from "./engine.ts";
import { createEventQueue } from "./event-queue.ts";

/** What the work of a run is given: where its events go, and whom a person's hand reaches. */
export interface Launched {
  emit(event: RunEvent): void;
  /** From here on what a person does by hand goes to this engine. */
  attach(engine: Engine): void;
}

/** Begins to work at once; the events wait for whoever iterates, and an error ends both the events and the result. */
export function launch(work: (launched: Launched) => Promise<RunResult>): Run {
  const events = createEventQueue();
  let engine: Engine | undefined;
  const attach = (attached: Engine): void => {
    engine = attached;
  };
  const result = work({ emit: events.push, attach }).finally(events.end);
  // whoever only iterates hears of it there
  result.catch(() => {});
  return {
    result,
    note: async (text, step) => {
      const about = step === undefined ? {} : { step };
      if (engine) await engine.recorder.record({ type: "noted", text, by: engine.by, ...about });
    },
    endStep: (step) => engine?.endByHand(step),
    hurry: () => engine?.hurry(),
    rollBack: () => engine?.goBack(`${engine.by.user} decided to go back`),
    async *[Symbol.asyncIterator]() {
      yield* events;
      await result;
    },
  };
}
