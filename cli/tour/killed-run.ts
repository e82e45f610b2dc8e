import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readBegun } from "../../runners/attempts/begun-record.ts";
import { sessionMembers } from "../../runners/processes/session-members.ts";
import { openRunStore } from "../../runners/store/run-store.ts";
import { readHistory } from "../history/run-history.ts";
import { type RecordedRun, readPlan, readRun } from "../history/run-reader.ts";
import { indexSteps } from "../history/step-numbers.ts";

/** A run of the quickstart whose lockstep is gone, while what it began goes on. */
export interface KilledRun {
  readonly id: string;
  /** "in the middle of 4.1 Point the proxy to green", by its journal. */
  readonly where: string;
}

/** The newest of them. Nothing else in this project can hold the ports of its site. */
export async function findKilledRun(root: string): Promise<KilledRun | undefined> {
  for (const folder of await openRunStore(root).list()) {
    if (!stillRuns(folder.path)) continue;
    const recorded = await readRun(folder).catch(() => undefined);
    if (recorded?.created.runbook.id === "quickstart" && recorded.holder === undefined)
      return { id: folder.id, where: await whereOf(recorded) };
  }
  return undefined;
}

/** Whether a process of one of its steps lives. */
function stillRuns(run: string): boolean {
  const attempts = join(run, "attempts");
  if (!existsSync(attempts)) return false;
  return readdirSync(attempts)
    .map((name) => readBegun(join(attempts, name)))
    .some((begun) => typeof begun === "object" && sessionMembers(begun).length > 0);
}

async function whereOf(recorded: RecordedRun): Promise<string> {
  const { steps } = readHistory(recorded.events);
  const last = [...steps.values()].filter(({ started }) => started !== undefined).at(-1);
  if (last === undefined) return "before its first step";
  const number = indexSteps(await readPlan(recorded)).numberOf(last.key);
  return `${last.finished === undefined ? "in the middle of" : "after"} ${number} ${last.started?.title}`;
}
