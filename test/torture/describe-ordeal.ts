import type { Ordeal } from "./ordeal.ts";

/** All that is needed to see what went wrong, and how to see it again. */
export function describe({ seed, facts, breaches, lives, effects, events }: Ordeal): string {
  const journal = events.map((event) => `    ${JSON.stringify(event)}`).join("\n");
  const happened = lives.map(({ misfortune, result, error, killed, told }, index) => {
    const { faults, ...rest } = misfortune;
    const end = killed ? "killed" : JSON.stringify(result ?? error);
    return `    ${index + 1}. ${end} ${JSON.stringify({ ...faults, ...rest })} ${told.join("; ")}`;
  });
  return [
    `seed ${seed} (${facts.story}):${breaches.length === 0 ? " kept every promise" : ""}`,
    ...breaches.map((breach) => `  BROKEN ${breach}`),
    "  lives:",
    ...happened,
    `  effects: ${effects.join(" ")}`,
    "  journal:",
    journal,
    `  again: npm run torture -- --runs 1 --seed ${seed} --verbose`,
  ].join("\n");
}
