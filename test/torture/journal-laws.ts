import type { JournalEvent } from "../../runners/events/run-event.ts";
import type { Fact, Facts } from "./facts.ts";

type Events = readonly JournalEvent[];
type Started = Extract<JournalEvent, { type: "started" }>;

/** The step's id, without its pass and without what it was included by; also of a key of its undo. */
export function nameOf(key: string): string {
  const own = key.replace(/^undo:/, "").replace(/\.\d+$/, "");
  return own.replace(/(\[\d+\])+$/, "").replace(/^.*\//, "");
}

/** The step that a key is about. */
export function factOf({ steps }: Facts, key: string): Fact | undefined {
  return steps.get(nameOf(key));
}

/**
 * What a journal says that must never be, in words.
 *
 * @param doomed Processes of steps were killed, too, or the run was interrupted: then outcomes may be unknown.
 */
export function breachesOf(events: Events, facts: Facts, doomed: boolean): readonly string[] {
  return [
    ...attemptBreaches(events, facts),
    ...(doomed ? [] : doubtBreaches(events, facts)),
    ...guardBreaches(events, facts),
    ...tripBreaches(events, facts),
    ...rollbackBreaches(events),
    ...decisionBreaches(events),
    ...peopleBreaches(events),
    ...endBreaches(events),
  ];
}

/** Nothing settled runs again, nothing runs twice at once, nothing unknown runs unasked. */
function attemptBreaches(events: Events, facts: Facts): readonly string[] {
  const breaches: string[] = [];
  const outcomes = new Map<string, string>();
  const attempts = new Map<string, number>();
  const settled = ["ok", "overruled", "skipped", "undone"];
  for (const event of events) {
    if (event.type === "started") {
      const { step, attempt } = event;
      const before = outcomes.get(step);
      if (event.attached) {
        if (before !== "running") breaches.push(`${step} was attached to although it was ${before}`);
        continue;
      }
      if (before === "running") breaches.push(`${step} was started while it ran`);
      if (before !== undefined && settled.includes(before))
        breaches.push(`${step} was started although it was ${before}`);
      if (before === "unknown" && event.effect !== "read" && !mayRepeat(step, facts))
        breaches.push(`${step} was started although it was unknown`);
      if (attempt !== (attempts.get(step) ?? 0) + 1) breaches.push(`${step} has no attempt before ${attempt}`);
      attempts.set(step, attempt);
      outcomes.set(step, "running");
    }
    if (event.type === "finished") {
      const before = outcomes.get(event.step);
      if (before === "ok" && event.outcome !== "undone")
        breaches.push(`${event.step} was ok, and then ${event.outcome}`);
      if (before === "undone") breaches.push(`${event.step} was undone, and then ${event.outcome}`);
      outcomes.set(event.step, event.outcome);
    }
  }
  return breaches;
}

function mayRepeat(key: string, facts: Facts): boolean {
  return key.startsWith("undo:") && (factOf(facts, key)?.idempotent ?? true);
}

/** Only a lockstep was killed, so every step lived on, and nobody is asked about any. */
function doubtBreaches(events: Events, facts: Facts): readonly string[] {
  return events.flatMap((event) => {
    if (event.type === "finished" && event.outcome === "unknown" && !factOf(facts, event.step)?.native)
      return [`${event.step} is unknown although its process was let live: ${event.remark}`];
    if (event.type === "asked" && event.question.kind === "unknown" && !factOf(facts, event.question.step)?.native)
      return [`somebody was asked about ${event.question.step} although its process was let live`];
    return [];
  });
}

/** Nothing of a range starts while its guard has tripped, is blind, or has not sampled since the run was taken up. */
function guardBreaches(events: Events, facts: Facts): readonly string[] {
  const breaches: string[] = [];
  let state: "none" | "unsampled" | "sees" | "blind" | "tripped" = "none";
  for (const event of events) {
    if (event.type === "guard-opened") state = "unsampled";
    if (event.type === "resumed" && state === "sees") state = "unsampled";
    if (event.type === "sampled" && event.guard !== undefined && state === "unsampled") state = "sees";
    if (event.type === "guard-blind") state = "blind";
    if ((event.type === "guard-sees" || event.type === "guard-armed") && state !== "tripped") state = "sees";
    if (event.type === "guard-tripped") state = "tripped";
    if (event.type === "guard-closed") state = "none";
    if (event.type !== "started" || event.attached || event.step.startsWith("undo:")) continue;
    if (factOf(facts, event.step)?.guarded && state !== "sees")
      breaches.push(`${event.step} was started while its guard was ${state}`);
  }
  return breaches;
}

/** What a trip leads to comes after the trip is in the journal. */
function tripBreaches(events: Events, { story }: Facts): readonly string[] {
  if (story !== "trips" && story !== "trips-all") return [];
  const tripped = events.findIndex(({ type }) => type === "guard-tripped");
  const undone = events.findIndex(({ type }) => type === "rollback-started");
  return undone !== -1 && (tripped === -1 || tripped > undone) ? ["it was rolled back, and no trip says why"] : [];
}

/** Newest first, and nothing but undo once it has begun. */
function rollbackBreaches(events: Events): readonly string[] {
  const breaches: string[] = [];
  const order = new Map<string, number>();
  let rollingBack = false;
  let newest = Number.POSITIVE_INFINITY;
  for (const event of events) {
    if (event.type === "rollback-started") rollingBack = true;
    if (event.type !== "started" || event.attached) continue;
    if (!isUndo(event)) {
      if (rollingBack) breaches.push(`${event.step} was started in a rollback`);
      order.set(event.step, order.size);
      const latest = Math.max(...order.values());
      order.set(event.step, latest + 1);
      continue;
    }
    const undone = order.get(event.step.replace(/^undo:/, "").replace(/\.\d+$/, ""));
    if (undone === undefined) continue;
    if (undone > newest) breaches.push(`${event.step} came after the undo of an older step`);
    newest = Math.min(newest, undone);
  }
  return breaches;
}

function isUndo({ step }: Started): boolean {
  return step.startsWith("undo:");
}

/** Evaluated once. */
function decisionBreaches(events: Events): readonly string[] {
  const keys = events.flatMap((event) => (event.type === "decided" ? [event.key] : []));
  const twice = keys.filter((key, index) => keys.indexOf(key) !== index);
  const changes = events.filter(({ type }) => type === "changes-accepted" || type === "plan-changed");
  return [...twice.map((key) => `${key} was decided twice`), ...changes.map(({ type }) => `${type} without a change`)];
}

/** What a person decides is done because a person said so, and nobody's answer counts twice. */
function peopleBreaches(events: Events): readonly string[] {
  const people = new Set(
    events.flatMap((event) =>
      event.type === "started" && ["approval", "manual", "checklist"].includes(event.kind) ? [event.step] : [],
    ),
  );
  const answered = new Map<string, number>();
  const questions = new Set<string>();
  return events.flatMap((event) => {
    if (event.type === "answered") {
      answered.set(event.step, (answered.get(event.step) ?? 0) + 1);
      if (questions.has(event.question)) return [`${event.question} was answered twice`];
      questions.add(event.question);
    }
    if (event.type !== "finished" || event.outcome !== "ok" || !people.has(event.step)) return [];
    return answered.has(event.step) ? [] : [`${event.step} was passed, and nobody had answered`];
  });
}

/** When it is over, nothing is left open. */
function endBreaches(events: Events): readonly string[] {
  const end = events.findIndex(({ type }) => type === "ended");
  if (end === -1) return [];
  const last = new Map<string, string>();
  for (const event of events) {
    if (event.type === "started") last.set(event.step, "running");
    if (event.type === "finished") last.set(event.step, event.outcome);
  }
  const open = [...last].filter(([, outcome]) => outcome === "running").map(([step]) => `${step} is left running`);
  return [...open, ...(end < events.length - 1 ? ["something came after the end"] : [])];
}
