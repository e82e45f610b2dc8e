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
  const hand = createHand();
  const result = work({ emit: events.push, attach: hand.attach }).finally(events.end);
  // whoever only iterates hears of it there
  result.catch(() => {});
  return {
    result,
    note: (text, step) => {
      const about = step === undefined ? {} : { step };
      const noted = new Promise<void>((resolve, reject) => {
        hand.reach((engine) =>
          engine.recorder.record({ type: "noted", text, by: engine.by, ...about }).then(resolve, reject),
        );
        // one that never began has no record
        result.then(() => resolve(), reject);
      });
      // and who does not wait for it hears of it by the result
      noted.catch(() => {});
      return noted;
    },
    endStep: (step) => hand.reach((engine) => engine.endByHand(step)),
    hurry: () => hand.reach((engine) => engine.hurry()),
    rollBack: () => hand.reach((engine) => engine.goBack(`${engine.by.user} decided to go back`)),
    async *[Symbol.asyncIterator]() {
      yield* events;
      await result;
    },
  };
}

/** What a person does by hand reaches the engine; before there is one it waits. */
function createHand() {
  let engine: Engine | undefined;
  let waiting: ((engine: Engine) => void)[] = [];
  return {
    attach: (attached: Engine): void => {
      engine = attached;
      for (const act of waiting) act(attached);
      waiting = [];
    },
    reach: (act: (engine: Engine) => void): void => {
      if (engine) act(engine);
      else waiting.push(act);
    },
  };
}
