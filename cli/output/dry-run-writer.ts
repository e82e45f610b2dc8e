import type { Plan } from "../../dsl/plan/plan.ts";

export async function writeDryRun(events: AsyncIterable<unknown>, _plan: Plan, json: boolean): Promise<void> {
  for await (const event of events) if (json) process.stdout.write(`${JSON.stringify(event)}\n`);
}
