import type { RunEvent, Sample } from "../../../runners/events/run-event.ts";

/** What all alerts of a guard or a gate showed at one time. */
export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly samples: readonly Sample[];
}

/** A look during a wait. */
export interface WaitLook extends Look {
  /** Id of the guard, or key of the gate. */
  readonly from: string;
  /** Seconds of the wait that were behind it. */
  readonly passed: number;
}

/** A wait or a gate: how far it is, and what was seen meanwhile. */
export interface WaitFacts {
  readonly of: number;
  readonly remaining: number;
  /** When that was said, by this process's own clock, in milliseconds. */
  readonly at: number;
  readonly looks: readonly WaitLook[];
}

/** Waits by key; they stay after their end, for the record. */
export interface WaitLog {
  readonly waits: ReadonlyMap<string, WaitFacts>;
  /** @param watched Keys of the waits that run in the range of a guard. */
  /** What a guard saw last before a wait began. */
  seed(key: string, guard: string, look: Look): void;
  apply(event: RunEvent, watched: (guard: string) => readonly string[]): void;
}

/** More looks than any plot has columns; of a wait that takes days the older half of them is thinned out. */
const mostLooks = 4_000;

export function createWaitLog(): WaitLog {
  const waits = new Map<string, WaitFacts>();

  function patch(key: string, change: (wait: WaitFacts) => Partial<WaitFacts>): void {
    const known = waits.get(key) ?? { of: 0, remaining: 0, at: performance.now(), looks: [] };
    waits.set(key, { ...known, ...change(known) });
  }

  function look(key: string, from: string, event: { readonly at: string; readonly samples: readonly Sample[] }): void {
    patch(key, (wait) => ({
      looks: thinned([
        ...wait.looks,
        { at: Date.parse(event.at), samples: event.samples, from, passed: wait.of - wait.remaining },
      ]),
    }));
  }

  return {
    waits,
    seed: (key, guard, { at, samples }) =>
      patch(key, ({ looks }) => ({ looks: [...looks, { at, samples, from: guard, passed: 0 }] })),
    apply(event, watched) {
      if (event.type === "started" && !event.attached) waits.delete(event.step);
      if (event.type === "tick")
        patch(event.step, () => ({ of: event.of, remaining: event.remaining, at: performance.now() }));
      if (event.type === "waited") patch(event.step, () => ({ of: event.of, remaining: event.of - event.seconds }));
      if (event.type !== "sampled") return;
      if (event.gate !== undefined) look(event.gate, event.gate, event);
      if (event.guard !== undefined) for (const key of watched(event.guard)) look(key, event.guard, event);
    },
  };
}

function thinned(looks: readonly WaitLook[]): readonly WaitLook[] {
  if (looks.length <= mostLooks) return looks;
  const old = looks.slice(0, mostLooks / 2);
  return [
    ...old.filter(({ samples }, index) => index % 2 === 0 || samples.some(isRemarkable)),
    ...looks.slice(old.length),
  ];
}

function isRemarkable({ bad, value }: Sample): boolean {
  return bad || value === undefined;
}
