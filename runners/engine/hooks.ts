import type { Hook } from "../../dsl/config/define-config.ts";
import type { RunEvent } from "../events/run-event.ts";
import { pause } from "./pause.ts";

/** So long a hook may take for one event, and all of them for what is left when the run is over. */
const hookSeconds = 10;

export interface HookRunner {
  hear(event: RunEvent): void;
  /** Resolves when all hooks have heard all events, or had time enough to. */
  settled(): Promise<void>;
}

type Report = (hook: string, event: string, message: string) => Promise<void>;

/** Tells hooks what happens, each in order, beside the run. One that fails is reported, and stops nothing. */
export function createHookRunner(hooks: readonly Hook[], run: string, report: Report): HookRunner {
  const over = new AbortController();
  const listeners = hooks.map((hook) => createListener(hook, run, report, over.signal));
  return {
    hear: (event) => {
      if (event.type === "output" || event.type === "tick" || event.type === "hook-failed") return;
      for (const listener of listeners) listener.hear(event);
    },
    settled: async () => {
      const heard = Promise.all(listeners.map((listener) => listener.heard()));
      const enough = new AbortController();
      await Promise.race([heard, pause(hookSeconds, enough.signal)]);
      enough.abort();
      over.abort();
      await heard;
    },
  };
}

function createListener(hook: Hook, run: string, report: Report, over: AbortSignal) {
  let queue = Promise.resolve();
  let missed = 0;

  async function tell(event: RunEvent): Promise<void> {
    if (over.aborted) {
      missed += 1;
      return;
    }
    const ended = new AbortController();
    const late = tooLate(AbortSignal.any([ended.signal, over]), over);
    late.catch(() => {});
    try {
      await Promise.race([(async () => hook.run({ ...event, run }))(), late]);
    } catch (error) {
      await report(hook.name, event.type, error instanceof Error ? error.message : String(error)).catch(() => {});
    } finally {
      ended.abort();
    }
  }

  return {
    hear: (event: RunEvent): void => {
      if (hook.on && !hook.on.includes(event.type)) return;
      queue = queue.then(() => tell(event));
    },
    heard: async (): Promise<void> => {
      await queue;
      if (missed === 0) return;
      await report(hook.name, "ended", `it was too slow to hear the last ${missed} events`).catch(() => {});
    },
  };
}

/** Rejects when a hook has had its time, or the run is over and nobody waits for it any more. */
async function tooLate(ended: AbortSignal, over: AbortSignal): Promise<void> {
  await pause(hookSeconds, ended);
  if (over.aborted) throw new Error("it had not ended when the run was over");
  if (!ended.aborted) throw new Error(`it did not end within ${hookSeconds} seconds`);
}
