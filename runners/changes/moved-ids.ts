/**
 * Which ids stand elsewhere than before: the fewest whose removal leaves the rest in their old order. Both lists hold
 * the same ids. In time n log n, since a diff of lists that have little in common takes the square.
 */
export function movedIds(before: readonly string[], now: readonly string[]): ReadonlySet<string> {
  const placeBefore = new Map(before.map((id, index) => [id, index]));
  const places = now.map((id) => placeBefore.get(id) ?? -1);
  const stay = new Set(longestAscending(places));
  return new Set(now.filter((_id, index) => !stay.has(index)));
}

/** The indices of a longest ascending part of some numbers (patience sorting). */
function longestAscending(numbers: readonly number[]): readonly number[] {
  /** For each length, the index of the smallest number that an ascending part of that length can end with. */
  const ends: number[] = [];
  const previous: (number | undefined)[] = [];
  for (const [index, number] of numbers.entries()) {
    const length = firstNotBelow(ends, numbers, number);
    previous[index] = ends[length - 1];
    ends[length] = index;
  }
  const found: number[] = [];
  for (let at = ends.at(-1); at !== undefined; at = previous[at]) found.push(at);
  return found.reverse();
}

function firstNotBelow(ends: readonly number[], numbers: readonly number[], number: number): number {
  let [low, high] = [0, ends.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[ends[middle] as number] as number) < number) low = middle + 1;
    else high = middle;
  }
  return low;
}
