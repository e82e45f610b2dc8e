import { readBegun } from "../attempts/begun-record.ts";
import type { LeftProcess } from "../events/run-event.ts";
import { markOf, processesOf, processName } from "../processes/marked-processes.ts";
import type { Engine } from "./engine.ts";

/**
 * What the steps that have ended left running: a server, a daemon. It may be what they are for, so it is named and not
 * ended. Only Linux tells.
 */
export function leftRunning({ state, folder }: Engine): readonly LeftProcess[] {
  const attempts = new Map<string, { readonly step: string; readonly place: string }>();
  for (const { key, attempts: made, outcome } of state.steps.values())
    for (let attempt = 1; outcome !== undefined && attempt <= made; attempt += 1) {
      const place = folder.attemptFolder(key, attempt);
      attempts.set(markOf(place), { step: key, place });
    }
  if (attempts.size === 0) return [];
  return processesOf(new Set(attempts.keys())).flatMap(({ entry: { pid }, mark }) => {
    const found = attempts.get(mark);
    // who wrote the status of a step may need a moment to go
    if (found === undefined || pid === wrapperOf(found.place)) return [];
    return [{ step: found.step, pid, name: processName(pid) }];
  });
}

function wrapperOf(place: string): number | undefined {
  const begun = readBegun(place);
  return typeof begun === "object" ? begun.pid : undefined;
}
