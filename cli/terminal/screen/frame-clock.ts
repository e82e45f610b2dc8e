import type { Cause } from "./screen.ts";

/** Milliseconds between two frames: 4 a second, except that a key is answered at once. */
const gaps: Readonly<Record<Cause, number>> = { key: 30, other: 250 };

/** Nothing is drawn into a window that is dragged until it has been still for this long. */
const stillFor = 300;

/** A countdown changes once a second. */
const tickEvery = 1_000;

/** Decides when the next frame is drawn. */
export interface FrameClock {
  /** A frame is wanted. */
  request(cause: Cause): void;
  /** The window has another size: nothing is drawn until it is still. */
  resized(): void;
  start(): void;
  /** Nothing is drawn until the next {@link start}. */
  stop(): void;
}

/** Milliseconds until a frame may be drawn. All times are of one monotonic clock. */
export function frameDelay(times: {
  readonly now: number;
  readonly lastFrame: number;
  readonly lastResize: number;
  readonly cause: Cause;
}): number {
  const { now, lastFrame, lastResize, cause } = times;
  return Math.max(0, lastFrame + gaps[cause] - now, lastResize + stillFor - now);
}

/** Calls `draw` for what was requested, as rarely as {@link frameDelay} says, and once a second besides. */
export function createFrameClock(draw: () => void): FrameClock {
  let lastFrame = Number.NEGATIVE_INFINITY;
  let lastResize = Number.NEGATIVE_INFINITY;
  let waiting: { readonly timer: NodeJS.Timeout; readonly at: number } | undefined;
  let tick: NodeJS.Timeout | undefined;

  const frame = (): void => {
    waiting = undefined;
    lastFrame = performance.now();
    draw();
  };

  const request = (cause: Cause): void => {
    if (tick === undefined) return;
    const now = performance.now();
    const at = now + frameDelay({ now, lastFrame, lastResize, cause });
    if (waiting !== undefined && waiting.at <= at) return;
    clearTimeout(waiting?.timer);
    waiting = { timer: setTimeout(frame, at - now), at };
  };

  return {
    request,
    resized: () => {
      lastResize = performance.now();
      clearTimeout(waiting?.timer);
      waiting = undefined;
      request("other");
    },
    start: () => {
      tick ??= setInterval(() => request("other"), tickEvery).unref();
    },
    stop: () => {
      clearTimeout(waiting?.timer);
      clearInterval(tick);
      waiting = undefined;
      tick = undefined;
    },
  };
}
