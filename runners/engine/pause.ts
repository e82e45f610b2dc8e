import { startTimer } from "./start-timer.ts";

/** Waits, or returns early when the signal is aborted. */
export function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const over = (): void => {
      cancel();
      signal?.removeEventListener("abort", over);
      resolve();
    };
    const cancel = startTimer(seconds, over);
    signal?.addEventListener("abort", over, { once: true });
  });
}
