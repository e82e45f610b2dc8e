/** A length of time. Written with `seconds(30)`, `minutes(10)`, `hours(2)`. */
export interface Duration {
  readonly node: "duration";
  readonly seconds: number;
}

/** `count` seconds. */
export function seconds(count: number): Duration {
  return Object.freeze({ node: "duration", seconds: count });
}

/** `count` minutes. */
export function minutes(count: number): Duration {
  return seconds(count * 60);
}

/** `count` hours. */
export function hours(count: number): Duration {
  return seconds(count * 3600);
}
