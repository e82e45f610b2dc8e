import { realpathSync } from "node:fs";
import type { Cluster, PlaceDifference, RunPlace } from "../events/run-event.ts";

/** Where a run acts: its folder, and what was seen of the rest. */
export interface Standing {
  readonly folder: string;
  readonly place?: RunPlace;
}

/**
 * What of the place is not what it was. A cluster is known by its server, since the names of contexts are each
 * person's own; where no server was seen, by its name. A place that nobody looked at differs in nothing.
 */
export function placeDifferences(before: Standing, now: Standing): readonly PlaceDifference[] {
  const [was, is] = [before.place?.cluster, now.place && (now.place.cluster ?? {})];
  const moved = was !== undefined && is !== undefined && identityOf(was) !== undefined && !isSameCluster(was, is);
  return [
    ...(moved ? [{ what: "cluster", before: clusterText(was), now: clusterText(is) } as const] : []),
    ...(realOf(before.folder) === realOf(now.folder)
      ? []
      : [{ what: "folder", before: before.folder, now: now.folder } as const]),
  ];
}

/** "prod-eu, https://10.20.0.1:6443, as alice". */
export function clusterText({ name, server, user }: Cluster): string {
  if (name === undefined) return "none: kubectl has no current context";
  return [name, ...(server === undefined ? [] : [server]), ...(user === undefined ? [] : [`as ${user}`])].join(", ");
}

/** Whether two looks saw the same cluster. */
export function isSameCluster(one: Cluster, other: Cluster): boolean {
  if (one.server !== undefined && other.server !== undefined) return one.server === other.server;
  return one.name === other.name;
}

function identityOf({ name, server }: Cluster): string | undefined {
  return server ?? name;
}

/** Two ways to the same folder are no difference. */
function realOf(folder: string): string {
  try {
    return realpathSync(folder);
  } catch {
    return folder;
  }
}
