import type { Sample } from "../../../runners/events/run-event.ts";

/** How near a value is to its alert: 0 far, 1 there; without a number it is as near as can be. */
export function nearness({ value, bound, op }: Sample): number {
  if (value === undefined) return 1;
  const share = op === "above" ? value / (bound || 1) : bound / (value || Number.MIN_VALUE);
  return Math.max(0, Math.min(1, share));
}

/** The one that is nearest to its alert. */
export function nearestOf(samples: readonly Sample[]): Sample | undefined {
  return samples.reduce<Sample | undefined>(
    (found, sample) => (found === undefined || nearness(sample) > nearness(found) ? sample : found),
    undefined,
  );
}

/** Of what one alert showed at several times the value that was nearest to it, and whether it ever was an alert. */
export function worstOf(samples: readonly Sample[]): Sample | undefined {
  const numbers = samples.filter(({ value }) => value !== undefined);
  const worst = numbers.reduce<Sample | undefined>((found, sample) => {
    if (found?.value === undefined || sample.value === undefined) return sample;
    const beyond = sample.op === "above" ? sample.value > found.value : sample.value < found.value;
    return beyond ? sample : found;
  }, undefined);
  return worst ?? samples.at(-1);
}
