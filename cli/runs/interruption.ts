/** What Ctrl-C, a terminal that goes away and `kill` become: the reason of an abort, for the runner to decide. */
export interface Interruption {
  /** Aborted with "SIGINT", "SIGTERM" or "SIGHUP" for its reason. */
  readonly signal: AbortSignal;
  /** Gives the signals back to Node. */
  stop(): void;
}

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Listens to the signals that end a command. None of them ends lockstep itself, since what it runs must be journaled
 * first; `onAgain` hears the second and every later one.
 */
export function listenToSignals(onAgain: (name: NodeJS.Signals) => void = () => undefined): Interruption {
  const controller = new AbortController();
  const hear = (name: NodeJS.Signals): void => {
    if (controller.signal.aborted) onAgain(name);
    else controller.abort(name);
  };
  for (const name of names) process.on(name, hear);
  return {
    signal: controller.signal,
    stop: () => {
      for (const name of names) process.off(name, hear);
    },
  };
}
