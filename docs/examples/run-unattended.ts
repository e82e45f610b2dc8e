import { compile } from "lockstep";
import { type RunResult, resume, run } from "lockstep/run";
import release from "./release.runbook.ts";

/** Runs a procedure without a terminal: at a question the run is suspended, and somebody answers from elsewhere. */
export async function releaseUnattended(root: string, version: string): Promise<RunResult> {
  const plan = compile(release, { values: { version } });
  const releasing = run(plan, { root });
  for await (const event of releasing) {
    if (event.type === "output") process.stderr.write(`${event.number} | ${event.text}`);
    if (event.type === "asked") process.stderr.write(`${event.question.number} asks: ${event.question.title}\n`);
  }
  return releasing.result;
}

/** Goes on where the run stopped; what is done is not done again. This program knows who wrote to the inbox, and vouches for the names. */
export function goOn(root: string, id: string, version: string): Promise<RunResult> {
  return resume({ root, run: id, plan: compile(release, { values: { version } }), vouched: true }).result;
}
