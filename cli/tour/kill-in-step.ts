import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import { readBegun } from "../../runners/attempts/begun-record.ts";
import { openRunStore } from "../../runners/store/run-store.ts";

/** Milliseconds between two looks at the run; the step takes some hundreds. */
const every = 20;

/**
 * Kills a lockstep as soon as the command of a step has begun in its run. Nothing is asked of it: this is what becomes
 * of it on a machine that runs out of memory.
 *
 * @param known Ids of the runs that were there before it.
 */
export async function killInStep(
  child: ChildProcess,
  { root, known, step }: { readonly root: string; readonly known: ReadonlySet<string>; readonly step: string },
): Promise<void> {
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null;
  while (!isOver()) {
    const [newest] = await openRunStore(root).list();
    if (newest !== undefined && !known.has(newest.id) && hasBegun(newest.path, step)) child.kill("SIGKILL");
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

function hasBegun(run: string, step: string): boolean {
  return readBegun(join(run, "attempts", `${step}.1`)) !== undefined;
}
