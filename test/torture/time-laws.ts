import type { Facts, TimeFact } from "./facts.ts";
import { nameOf } from "./journal-laws.ts";
import type { Recorded } from "./recorded.ts";

/** Clocks and timers round to the millisecond, each its own way. */
const tolerance = 5;
/** What the gates of a generated runbook need: one at the beginning, and one after each interval of their time. */
const leastSamples = 3;

/** A wait is not over before its time, whatever the wall clock says; a gate passes by enough good samples and no other way. */
export function timeBreaches(events: readonly Recorded[], { times }: Facts): readonly string[] {
  return times.flatMap((time) => {
    const end = events.findIndex(
      (event) => event.type === "finished" && nameOf(event.step) === time.id && event.outcome === "ok",
    );
    if (end === -1) return [];
    return time.kind === "wait" ? waitBreaches(events, end, time) : gateBreaches(events.slice(0, end), time);
  });
}

function waitBreaches(events: readonly Recorded[], end: number, { id, seconds }: TimeFact): readonly string[] {
  const first = events.find((event) => event.type === "started" && event.step === id);
  const last = events[end];
  // of a wait that goes over a reboot only the wall clock knows, which may be wrong
  if (first?.type !== "started" || !last || bootAt(events, end) !== first.boot) return [];
  const waited = last.mono - first.mono;
  if (waited >= seconds * 1000 - tolerance) return [];
  return [`${id} was over after ${waited} ms, and takes ${seconds} s`];
}

/** The boot of the lockstep that wrote an event, as far as its other events tell it. */
function bootAt(events: readonly Recorded[], index: number): string | undefined {
  const takesUp = ({ type }: Recorded): boolean => type === "created" || type === "resumed";
  const begin = events.findLastIndex((event, at) => at <= index && takesUp(event));
  const next = events.findIndex((event, at) => at > index && takesUp(event));
  const life = events.slice(begin, next === -1 ? undefined : next);
  return life.flatMap((event) => ("boot" in event && !("attached" in event) ? [event.boot] : []))[0];
}

function gateBreaches(before: readonly Recorded[], { id }: TimeFact): readonly string[] {
  const rounds = before.flatMap((event) => (event.type === "sampled" && event.gate === id ? [event] : []));
  const good = rounds.filter(({ samples }) => samples.every(({ value, bad }) => value !== undefined && !bad));
  return good.length >= leastSamples ? [] : [`${id} passed with ${good.length} good samples`];
}
