import type { Sample } from "../events/run-event.ts";

/** Counts, for each alert, the samples in a row that brought no number. */
export interface Blindness {
  /** Why there is nothing to judge by, once too many in a row brought no number. */
  see(samples: readonly Sample[]): string | undefined;
  reset(): void;
}

export function createBlindness(blindAfter: number): Blindness {
  const missing = new Map<string, number>();
  return {
    see: (samples) => {
      for (const { measurement, alert, value } of samples) {
        const key = `${measurement} ${alert}`;
        missing.set(key, value === undefined ? (missing.get(key) ?? 0) + 1 : 0);
      }
      const blind = samples.find(
        ({ measurement, alert }) => (missing.get(`${measurement} ${alert}`) ?? 0) >= blindAfter,
      );
      return blind && `${blind.title} brings no number: ${blind.reason ?? "unknown"}`;
    },
    reset: () => missing.clear(),
  };
}
