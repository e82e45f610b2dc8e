import type { Actor } from "./run-event.ts";

/** Where a run acts, as far as whoever begins or resumes it can tell by looking. */
export interface RunPlace {
  /** Undefined where nothing of the plan goes to a cluster, or nobody can tell. */
  readonly cluster?: Cluster;
  /** Short name of the git commit that the project stands at. */
  readonly commit?: string;
  /** The runbook's folder holds changes that no commit has. */
  readonly uncommitted?: true;
}

/** The cluster that answers when nothing else is said. */
export interface Cluster {
  /** The current context; undefined if there is none. */
  readonly name?: string;
  readonly server?: string;
  readonly user?: string;
}

/** Something about the place that is not what it was. */
export interface PlaceDifference {
  readonly what: "cluster" | "folder";
  readonly before: string;
  readonly now: string;
}

/** Somebody decided that the run goes on in another folder, or with another cluster, than before. */
export interface PlaceChangedEvent {
  readonly type: "place-changed";
  readonly by: Actor;
  readonly differences: readonly PlaceDifference[];
  readonly folder: string;
  readonly place?: RunPlace;
}
