/** Milliseconds after which a keyboard begins to repeat a key that is held, at most, and between the repeats. */
const firstRepeatWithin = 700;
const repeatsWithin = 200;

/** Tells keys that are pressed from keys that are held down. */
export interface HoldFilter {
  /** Whether this is a press of its own. Every key is to be told, also those that answer nothing. */
  isFresh(key: string, at: number): boolean;
}

/**
 * The first repeat of a held key comes as late as a second press by hand, so a second press within 700 ms does not
 * count; the third does. A key that repeats itself never counts again until it is let go.
 */
export function createHoldFilter(): HoldFilter {
  let last: { readonly key: string; readonly at: number; readonly fresh: boolean } | undefined;
  return {
    isFresh(key, at) {
      const within = last?.fresh === true ? firstRepeatWithin : repeatsWithin;
      const fresh = last === undefined || last.key !== key || at - last.at >= within;
      last = { key, at, fresh };
      return fresh;
    },
  };
}
