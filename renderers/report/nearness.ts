/** What is looked at of a sample: the value, and the bound that it must not be beyond. */
interface Judged {
  /** Absent: there was no number. */
  readonly value?: number;
  readonly bound: number;
  readonly op: "above" | "below";
  /** The alert held. */
  readonly bad: boolean;
}

/** How near a value is to its alert: 0 far, 1 there; without a number it is as near as can be. */
export function nearness({ value, bound, op }: Omit<Judged, "bad">): number {
  if (value === undefined) return 1;
  const share = op === "above" ? value / (bound || 1) : bound / (value || Number.MIN_VALUE);
  return Math.max(0, Math.min(1, share));
}

/** The one that is nearest to its alert. */
export function nearestOf<S extends Judged>(samples: readonly S[]): S | undefined {
  return samples.reduce<S | undefined>(
    (found, sample) => (found === undefined || nearness(sample) > nearness(found) ? sample : found),
    undefined,
  );
}

/** Of what one alert showed at several times the value that was nearest to it, and whether it ever was an alert. */
export function worstOf<S extends Judged>(samples: readonly S[]): S | undefined {
  const numbers = samples.filter(({ value }) => value !== undefined);
  const worst = numbers.reduce<S | undefined>((found, sample) => {
    if (found?.value === undefined || sample.value === undefined) return sample;
    const beyond = sample.op === "above" ? sample.value > found.value : sample.value < found.value;
    return beyond ? sample : found;
  }, undefined);
  return worst ?? samples.at(-1);
}

/**
 * What several looks at one alert come to, as one character: a bar from 0 to the alert in eighths, or in tenths without
 * Unicode; `!` where it held, `?` where there was no number.
 */
export function sampleMark(samples: readonly Judged[], { unicode }: { readonly unicode: boolean }): string {
  if (samples.some(({ bad }) => bad)) return "!";
  const worst = worstOf(samples);
  if (worst?.value === undefined) return samples.length === 0 ? " " : "?";
  const height = nearness(worst);
  if (!unicode) return String(Math.min(9, Math.floor(height * 10)));
  return "▁▂▃▄▅▆▇█"[Math.min(7, Math.floor(height * 8))] ?? "▁";
}

/** What the bars mean. Of an alert on what is too low, the bar grows as the value falls. */
export function markLegend(samples: readonly Judged[]): string {
  return samples.some(({ op }) => op === "below") ? "bottom far from the alert, top at it" : "bottom 0, top the alert";
}
