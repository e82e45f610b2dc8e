import type { Hook } from "../../dsl/config/define-config.ts";
import type { RunEvent } from "../events/run-event.ts";
import { pause } from "./pause.ts";

/** So long a hook may take. */
const hookSeconds = 10;

export interface HookRunner {
  hear(event: RunEvent): void;
  /** Resolves when all hooks have heard all events. */
  settled(): Promise<void>;
}

/** Tells hooks what happens, in order and beside the run. One that fails is reported, and stops nothing. */
export function createHookRunner(
  hooks: readonly Hook[],
  run: string,
  report: (hook: string, event: string, message: string) => Promise<void>,
): HookRunner {
  let queue = Promise.resolve();
  return {
    hear: (event) => {
      if (event.type === "output" || event.type === "tick" || event.type === "hook-failed") return;
      const hearing = hooks.filter(({ on }) => !on || on.includes(event.type));
      if (hearing.length === 0) return;
      queue = queue.then(async () => {
        await Promise.all(hearing.map((hook) => tell(hook, event)));
      });
    },
    settled: () => queue,
  };

  async function tell(hook: Hook, event: RunEvent): Promise<void> {
    const over = new AbortController();
    const late = pause(hookSeconds, over.signal).then(() => {
      if (!over.signal.aborted) throw new Error(`it did not end within ${hookSeconds} seconds`);
    });
    try {
      await Promise.race([(async () => hook.run({ ...event, run }))(), late]);
    } catch (error) {
      await report(hook.name, event.type, error instanceof Error ? error.message : String(error)).catch(() => {});
    } finally {
      over.abort();
      await late.catch(() => {});
    }
  }
}
