import { processIdentity } from "../processes/process-identity.ts";

/** Two clocks: one for people, and one for order, timers and durations. */
export interface Clock {
  /** The time of day, for people. It may jump, so nothing is decided by it within a boot. */
  now(): Date;
  /** Whole milliseconds of this boot's monotonic clock, comparable between processes of the same boot. */
  mono(): number;
  /** The boot that `mono` belongs to; readings of two boots cannot be compared. */
  readonly boot: string;
}

/**
 * The clock of this machine.
 *
 * @example
 * const clock = createClock();
 * const since = clock.mono();
 * const waited = clock.mono() - since; // milliseconds, whatever the wall clock did meanwhile
 */
export function createClock(): Clock {
  const { boot } = processIdentity();
  return Object.freeze({
    boot,
    now: () => new Date(),
    // hrtime is CLOCK_MONOTONIC, which all processes of a boot share; performance.now() counts from the process's start
    mono: () => Number(process.hrtime.bigint() / 1_000_000n),
  });
}
