import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { describe } from "./describe-ordeal.ts";
import { undergo } from "./ordeal.ts";

/**
 * The crash torture: `npm run torture -- --runs N --seed S [--jobs N]`. Run number i has the seed S + i - 1. The exit
 * code is 1 if one of them broke a promise.
 */
export async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      jobs: { type: "string", default: String(Math.min(2, availableParallelism())) },
      verbose: { type: "boolean", short: "v", default: false },
    },
  });
  const [runs, first, jobs] = [Number(values.runs), Number(values.seed), Number(values.jobs)];
  const totals = { runs: 0, broken: 0, lives: 0, killed: 0, byFault: 0, reboots: 0, questions: 0, steps: 0 };
  const met = { attached: 0, claimed: 0, unknown: 0, torn: 0, trips: 0, blind: 0, undone: 0 };
  const stories = new Map<string, number>();
  const started = performance.now();
  let next = first;

  const work = async (): Promise<void> => {
    while (next < first + runs) {
      const seed = next++;
      const ordeal = await undergo(seed);
      totals.runs += 1;
      totals.lives += ordeal.lives.length;
      totals.killed += ordeal.lives.filter(({ killed }) => killed).length;
      totals.byFault += ordeal.lives.filter(({ killed, misfortune }) => killed && misfortune.faults.death).length;
      totals.reboots += ordeal.lives.filter(({ told }) => told.includes("the machine was started anew")).length;
      totals.questions += ordeal.lives.flatMap(({ told }) => told).filter((words) => words.includes(" of ")).length;
      totals.steps += ordeal.events.filter((event) => event.type === "started" && !event.attached).length;
      for (const event of ordeal.events) {
        if (event.type === "started" && event.attached) met.attached += 1;
        if (event.type === "finished" && event.remark === "it had not begun") met.claimed += 1;
        if (event.type === "finished" && event.outcome === "unknown") met.unknown += 1;
        if (event.type === "finished" && event.outcome === "undone") met.undone += 1;
        if (event.type === "noted" && event.text.endsWith("was cut off the journal")) met.torn += 1;
        if (event.type === "guard-tripped") met.trips += 1;
        if (event.type === "guard-blind") met.blind += 1;
      }
      stories.set(ordeal.facts.story, (stories.get(ordeal.facts.story) ?? 0) + 1);
      if (ordeal.breaches.length > 0 || values.verbose) console.log(describe(ordeal));
      if (ordeal.breaches.length > 0) totals.broken += 1;
      else if (totals.runs % 25 === 0) console.log(`${totals.runs} of ${runs} runs`);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, jobs) }, work));

  const seconds = Math.round((performance.now() - started) / 1000);
  const by = [...stories].map(([story, count]) => `${count} ${story}`).join(", ");
  console.log(
    `${totals.runs} runs (${by}) in ${seconds} s: ${totals.lives} lives of lockstep, ${totals.killed} killed ` +
      `(${totals.byFault} with a fault point set), ${totals.reboots} power cuts, ${totals.questions} questions, ${totals.steps} attempts at steps`,
  );
  console.log(
    `steps attached to ${met.attached}, claimed ${met.claimed}, unknown ${met.unknown}, undone ${met.undone}; ` +
      `torn journals ${met.torn}; guards tripped ${met.trips}, blind ${met.blind}`,
  );
  console.log(totals.broken === 0 ? "every promise was kept" : `${totals.broken} runs broke a promise`);
  process.exitCode = totals.broken === 0 && totals.runs === runs ? 0 : 1;
}
