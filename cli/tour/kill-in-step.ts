import type { ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { openRunStore } from "../../runners/store/run-store.ts";

/** Milliseconds between two looks at the journal; the step takes some hundreds. */
const every = 20;

/**
 * Kills a lockstep as soon as its journal says that a step has begun. Nothing is asked of it: this is what a machine
 * that runs out of memory does.
 *
 * @param known Runs that were there before it.
 * @returns How to stop looking.
 */
export function killInStep(child: ChildProcess, root: string, known: ReadonlySet<string>, step: string): () => void {
  const began = new RegExp(`^(?=.*"type":"started").*"step":"${step}"`, "m");
  const store = openRunStore(root);
  let over = false;

  async function look(): Promise<void> {
    const [newest] = await store.list();
    if (newest !== undefined && !known.has(newest.id) && began.test(textOf(newest.journalFile))) child.kill("SIGKILL");
    else if (!over) setTimeout(look, every);
  }

  void look();
  return () => {
    over = true;
  };
}

/** A run that is being created has no journal yet. */
function textOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
