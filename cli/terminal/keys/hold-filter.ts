/** Milliseconds after which a keyboard begins to repeat a key that is held, at most. */
const firstRepeatWithin = 700;
/** Milliseconds within which the second repeat follows; a hand is slower, or lets go. */
const repeatsWithin = 200;

/** Tells keys that are pressed from keys that are held down. */
export interface HoldFilter {
  /** Whether this is a press of its own. Every key is to be told, also those that answer nothing. */
  isFresh(key: string, at: number): boolean;
}

/**
 * The first repeat of a held key comes as late as a second press by hand, so a second press within 700 ms does not
 * count; the third does. A key that has repeated itself faster than a hand counts again only after so long a silence
 * that it was let go: a slow connection may hold up its repeats.
 */
export function createHoldFilter(): HoldFilter {
  let last: { readonly key: string; readonly at: number; readonly fresh: boolean; readonly held: boolean } | undefined;
  return {
    isFresh(key, at) {
      const within = last?.fresh || last?.held ? firstRepeatWithin : repeatsWithin;
      const fresh = last === undefined || last.key !== key || at - last.at >= within;
      const held = !fresh && (last?.held === true || last?.fresh === false);
      last = { key, at, fresh, held };
      return fresh;
    },
  };
}
