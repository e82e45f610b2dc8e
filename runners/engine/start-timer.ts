/** What a timer of the system takes at most, in milliseconds: a longer one is over at once. */
const longest = 2 ** 31 - 1;

/**
 * Calls back after any time, also of months; after `Infinity` never, and then it only keeps the process alive.
 *
 * @returns What takes it back.
 */
export function startTimer(seconds: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout;
  const wait = (left: number): void => {
    timer = setTimeout(() => (left > longest ? wait(left - longest) : callback()), Math.min(left, longest));
  };
  wait(Math.max(0, seconds * 1000));
  return () => clearTimeout(timer);
}
