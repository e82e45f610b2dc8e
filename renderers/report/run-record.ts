import type { ReportEvent, ReportSample } from "./report-event.ts";

export type EventOf<T extends ReportEvent["type"]> = Extract<ReportEvent, { readonly type: T }>;

/** The journal's events by what they are about, each list in the order of the journal. */
export interface RunRecord {
  readonly created?: EventOf<"created">;
  /** The last word of the run. */
  readonly end?: EventOf<"ended"> | EventOf<"stopped">;
  /** By the id of a step: its passes and attempts together. */
  readonly steps: ReadonlyMap<string, readonly ReportEvent[]>;
  /** By what is undone: a step, `section:ID` or `runbook`. */
  readonly undos: ReadonlyMap<string, readonly ReportEvent[]>;
  readonly guards: ReadonlyMap<string, readonly ReportEvent[]>;
  /** Samples by the id of the guard or the gate. */
  readonly samples: ReadonlyMap<string, readonly (readonly ReportSample[])[]>;
  /** What belongs to the run as a whole, and to no step. */
  readonly whole: readonly ReportEvent[];
  readonly lastAt?: string;
}

export function recordRun(events: readonly ReportEvent[]): RunRecord {
  const steps = new Map<string, ReportEvent[]>();
  const undos = new Map<string, ReportEvent[]>();
  const guards = new Map<string, ReportEvent[]>();
  const samples = new Map<string, (readonly ReportSample[])[]>();
  const whole: ReportEvent[] = [];
  for (const event of events) {
    if (event.type === "sampled") add(samples, baseOf(event.guard ?? event.gate ?? ""), event.samples);
    else if ("guard" in event && typeof event.guard === "string") add(guards, event.guard, event as ReportEvent);
    else if ("step" in event && event.step !== undefined) {
      const undone = /^undo:(.*)\.\d+$/.exec(event.step)?.[1];
      if (undone === undefined) add(steps, baseOf(event.step), event as ReportEvent);
      else add(undos, baseOf(undone), event as ReportEvent);
    } else whole.push(event);
  }
  const created = events.find((event) => event.type === "created");
  const end = events.findLast((event) => event.type === "ended" || event.type === "stopped");
  const lastAt = events.at(-1)?.at;
  return {
    ...(created === undefined ? {} : { created }),
    ...(end === undefined || isGoingOn(events, end) ? {} : { end }),
    steps,
    undos,
    guards,
    samples,
    whole,
    ...(lastAt === undefined ? {} : { lastAt }),
  };
}

/** It was resumed after it had stopped. */
function isGoingOn(events: readonly ReportEvent[], end: ReportEvent): boolean {
  return events.slice(events.lastIndexOf(end)).some(({ type }) => type === "resumed" || type === "started");
}

/** `drain[2]` is a pass of `drain`. */
export function baseOf(key: string): string {
  return key.replace(/\[\d+\]/g, "");
}

function add<T>(map: Map<string, T[]>, key: string, value: T): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
