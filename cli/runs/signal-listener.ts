import { createHoldFilter } from "../terminal/keys/hold-filter.ts";

const names = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Listens to Ctrl-C, to a terminal that goes away and to `kill`. None of them ends lockstep itself any more, since what it
 * runs must be journaled first. The same signal at once again is one: `npm` and `timeout` pass on what the terminal or
 * they themselves sent to the whole group, and Ctrl-C may be held down.
 *
 * @returns Gives the signals back to Node.
 */
export function listenToSignals(heard: (name: NodeJS.Signals) => void): () => void {
  const hold = createHoldFilter();
  const hear = (name: NodeJS.Signals): void => {
    if (hold.isFresh(name, performance.now())) heard(name);
  };
  for (const name of names) process.on(name, hear);
  return () => {
    for (const name of names) process.off(name, hear);
  };
}
