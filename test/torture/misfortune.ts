import type { Death, Faults } from "./faults.ts";
import type { Random } from "./random.ts";

/** What happens to one life of lockstep. */
export interface Misfortune {
  readonly faults: Faults;
  /** When it is killed from outside, in milliseconds after its first event. */
  readonly killAfter?: number;
  /** Not killed, but told to end. */
  readonly signal?: NodeJS.Signals;
}

const places: readonly Death["at"][] = [
  "journal-write",
  "journal-write",
  "journal-sync",
  "attempt-folder",
  "attempt-file",
  "attempt-write",
  "look",
  "spawn",
  "spawn",
  "store",
  "any",
  "any",
];
const moments: readonly Death["when"][] = ["before", "half", "after"];
const days = 24 * 3600 * 1000;

/** Chooses what happens to each life of a run, and remembers which boot it is. */
export function misfortuneOf(random: Random, syncedFile: string) {
  let boots = 1;
  let boot: Pick<Faults, "boot" | "monoShift" | "wallShift"> = { boot: "first-boot" };

  /** @param most Fewer where wrappers are late: else none is met before it is killed from outside. */
  const deathOf = (most: number): Death | undefined =>
    random.chance(0.6)
      ? { at: random.pick(places), nth: 1 + Math.floor(random.next() ** 2 * most), when: random.pick(moments) }
      : undefined;

  return {
    /** No misfortune: the machine as it is by now. */
    calm: (): Faults => ({ ...boot, syncedFile }),
    next(): Misfortune {
      const jump = random.chance(0.3) ? { after: random.below(60), by: (random.next() - 0.5) * 6 * days } : undefined;
      const lateWrapper = random.chance(0.25) ? 0.2 + random.below(20) / 10 : undefined;
      const death = deathOf(lateWrapper === undefined ? 30 : 4);
      const slowSync = random.chance(0.25) ? 20 + random.below(100) : undefined;
      const signal = !death && random.chance(0.15) ? random.pick(["SIGINT", "SIGTERM", "SIGHUP"] as const) : undefined;
      return {
        faults: { ...boot, syncedFile, death, jump, lateWrapper, slowSync },
        killAfter: random.below(death ? 2000 : 1200),
        ...(signal === undefined ? {} : { signal }),
      };
    },
    reboot(): void {
      boots += 1;
      const uptime = Number(process.hrtime.bigint() / 1_000_000n);
      boot = {
        boot: `boot-${boots}`,
        monoShift: 1000 + random.below(5000) - uptime,
        wallShift: random.chance(0.3) ? (random.next() - 0.5) * 6 * days : 0,
      };
    },
  };
}
