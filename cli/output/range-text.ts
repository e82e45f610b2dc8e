/** Numbers of steps as people say them: `1.4, 2.3–2.5`. Three in a row and more become a range. */
export function rangeText(steps: readonly { readonly number: string }[]): string {
  const runs: string[][] = [];
  for (const { number } of steps) {
    const current = runs.at(-1);
    if (current !== undefined && follows(current.at(-1) ?? "", number)) current.push(number);
    else runs.push([number]);
  }
  return runs.map((run) => (run.length < 3 ? run.join(", ") : `${run[0]}–${run.at(-1)}`)).join(", ");
}

function follows(before: string, number: string): boolean {
  const [a, b] = [before, number].map((text) => /^(.*?)(\d+)$/.exec(text));
  return a !== null && b !== null && a?.[1] === b?.[1] && Number(a?.[2]) + 1 === Number(b?.[2]);
}
