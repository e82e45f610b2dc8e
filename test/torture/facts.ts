/** What a generated step does to the effects file, and what its undo does. */
export interface Fact {
  /** The step's id, which is also the line that it appends. */
  readonly id: string;
  /** The lines of its own undo, one for each action. */
  readonly undo: readonly string[];
  readonly idempotent: boolean;
  /** It stands in the range of the guard, so a trip undoes it. */
  readonly guarded: boolean;
  /** Others run beside it, so its place in the effects file is open. */
  readonly beside: boolean;
  /** Of those beside it, the ones that come first. */
  readonly after: readonly string[];
  /** Later steps need what it printed, so nobody can say "it is there" in its place. */
  readonly captured: boolean;
  /** It runs in lockstep's own process, and dies with it. */
  readonly native: boolean;
}

/** The undo of a whole section. */
export interface SectionFact {
  readonly line: string;
  readonly members: readonly string[];
  readonly guarded: boolean;
}

/** Something that lets time pass, in seconds. */
export interface TimeFact {
  readonly id: string;
  readonly kind: "wait" | "gate";
  readonly seconds: number;
}

/** How a generated run ends when nothing disturbs it. */
export type Story =
  /** Every step is done. */
  | "through"
  /** Its last step fails, and everything is undone. */
  | "fails"
  /** Its guard trips, and what ran since the guard is undone. */
  | "trips"
  /** Its guard trips, and everything is undone. */
  | "trips-all";

/** What the judge knows about a generated runbook. */
export interface Facts {
  readonly story: Story;
  readonly steps: ReadonlyMap<string, Fact>;
  readonly sections: readonly SectionFact[];
  readonly times: readonly TimeFact[];
  readonly secret: boolean;
}
