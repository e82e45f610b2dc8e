import { setTimeout as sleep } from "node:timers/promises";

/** Waits, or returns early when the signal is aborted. */
export async function pause(seconds: number, signal?: AbortSignal): Promise<void> {
  await sleep(Math.max(0, seconds * 1000), undefined, signal === undefined ? {} : { signal }).catch(
    (error: unknown) => {
      if (!signal?.aborted) throw error;
    },
  );
}
