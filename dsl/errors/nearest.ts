import { distance } from "fastest-levenshtein";

/** The candidate that a mistyped name most likely meant, or undefined if none is near. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  const limit = Math.max(2, Math.floor(name.length / 3));
  let best: { readonly candidate: string; readonly steps: number } | undefined;
  for (const candidate of candidates) {
    const steps = distance(name.toLowerCase(), candidate.toLowerCase());
    if (steps <= limit && (!best || steps < best.steps)) best = { candidate, steps };
  }
  return best?.candidate;
}

/** `Did you mean x?`, or the hint to fall back on. */
export function didYouMean(name: string, candidates: Iterable<string>, otherwise?: string): string | undefined {
  const match = nearest(name, candidates);
  return match === undefined ? otherwise : `Did you mean ${match}?`;
}
