import type { JournalEvent } from "../../runners/events/run-event.ts";
import type { Facts } from "./facts.ts";
import { factOf, nameOf } from "./journal-laws.ts";

/** What a run that is over did to the world. */
export interface Aftermath {
  readonly effects: readonly string[];
  readonly events: readonly JournalEvent[];
  /** For each step how often somebody let it run again although it had happened. */
  readonly repeats: ReadonlyMap<string, number>;
  /** A person began to undo it, whatever its story would have been. */
  readonly goneBack: boolean;
}

/** What says that it comes after another one did not happen before it. */
export function orderBreaches({ steps }: Facts, effects: readonly string[]): readonly string[] {
  return [...steps.values()].flatMap(({ id, after }) =>
    after
      .filter((other) => effects.includes(id) && effects.indexOf(id) < (effects.indexOf(other) + 1 || effects.length))
      .map((other) => `${id} happened before ${other}, which it comes after`),
  );
}

export function countOf(effects: readonly string[], line: string): number {
  return effects.filter((effect) => effect === line).length;
}

/** How the effects differ from those of an undisturbed run, in words. */
export function differencesFrom(undisturbed: readonly string[], facts: Facts, after: Aftermath): readonly string[] {
  if (after.goneBack || facts.story === "trips" || facts.story === "trips-all") return [];
  const excess = new Map(after.repeats);
  // an undo that may run twice did so; how often it may is the ledger's to judge
  for (const line of [...facts.steps.values()].flatMap(({ idempotent, undo }) => (idempotent ? undo : [])))
    excess.set(line, Math.max(0, countOf(after.effects, line) - countOf(undisturbed, line)));
  const once = after.effects.filter((line) => {
    const left = excess.get(line) ?? 0;
    if (left === 0) return true;
    excess.set(line, left - 1);
    return false;
  });
  const differences: string[] = [];
  if ([...once].sort().join() !== [...undisturbed].sort().join())
    differences.push(`undisturbed it would be: ${undisturbed.join(" ")}`);
  const inOrder = (lines: readonly string[]): string =>
    lines.filter((line) => !line.startsWith("undo-") && !factOf(facts, line)?.beside).join(" ");
  if (inOrder(once) !== inOrder(undisturbed))
    differences.push(`undisturbed the order would be: ${inOrder(undisturbed)}`);
  return differences;
}

/** What happened too often, or is missing, by what the journal says; of the effects and of their undo. */
export function ledgerBreaches(facts: Facts, after: Aftermath): readonly string[] {
  const { effects, events, repeats } = after;
  const breaches: string[] = [];
  const done = doneSteps(events);
  const scope = events.flatMap((event) => (event.type === "rollback-started" ? [event.scope] : [])).at(-1);
  for (const [name, keys] of done) {
    const wanted = keys.size + (repeats.get(name) ?? 0);
    // a pass whose outcome nobody knows may have happened, and was then undone
    const most = scope === undefined ? wanted : wanted + startedKeys(events, name).size - keys.size;
    const count = countOf(effects, name);
    if (factOf(facts, name) && (count < wanted || count > most))
      breaches.push(`${name} is done ${keys.size} times, and happened ${count} times`);
  }
  for (const { id } of facts.steps.values())
    if (!done.has(id) && countOf(effects, id) > 1) breaches.push(`${id} happened more than once`);
  const ended = events.find((event) => event.type === "ended");
  if (ended?.type !== "ended" || ended.result !== "rolled-back")
    return [...breaches, ...undoneTooEarly(facts, after, scope)];
  for (const fact of facts.steps.values()) {
    const happened = countOf(effects, fact.id) - (repeats.get(fact.id) ?? 0);
    const inScope = scope === "all" || fact.guarded;
    for (const line of fact.undo) {
      const count = countOf(effects, line) - (repeats.get(line) ?? 0);
      // one that may run twice, or after half a step, does so where nobody knows how it ended
      const mayRepeat = fact.idempotent && count > happened && count <= undoAttempts(events, fact.id);
      const fits = !inScope ? count === 0 : count === happened || mayRepeat;
      if (!fits) breaches.push(`${fact.id} happened ${happened} times, and ${line} ${count} times`);
    }
  }
  for (const { line, members, guarded } of facts.sections) {
    const count = countOf(effects, line) - (repeats.get(line) ?? 0);
    const happened = members.some((member) => effects.includes(member));
    const inScope = scope === "all" || guarded;
    if (count > (inScope ? 1 : 0) || (inScope && happened && count === 0))
      breaches.push(`${line} happened ${count} times, for ${members.join(", ")}`);
  }
  return breaches;
}

function startedKeys(events: readonly JournalEvent[], name: string): ReadonlySet<string> {
  const keys = events.flatMap((event) => (event.type === "started" ? [event.step] : []));
  return new Set(keys.filter((key) => !key.startsWith("undo:") && nameOf(key) === name));
}

function undoAttempts(events: readonly JournalEvent[], name: string): number {
  return events.filter(
    ({ type, ...event }) => type === "started" && "step" in event && isUndoOf(String(event.step), name),
  ).length;
}

function isUndoOf(key: string, name: string): boolean {
  return key.startsWith("undo:") && nameOf(key) === name;
}

/** Without a rollback nothing is undone. */
function undoneTooEarly(facts: Facts, { effects }: Aftermath, scope: string | undefined): readonly string[] {
  if (scope !== undefined) return [];
  const undone = effects.filter((line) => line.startsWith("undo-"));
  return undone.map((line) => `${line} although nothing was rolled back in a run that went ${facts.story}`);
}

/** The keys of steps that were ok at some time, by the line that they append; an undo of its own is not among them. */
function doneSteps(events: readonly JournalEvent[]): Map<string, Set<string>> {
  const done = new Map<string, Set<string>>();
  for (const event of events) {
    if (event.type !== "finished" || event.outcome !== "ok" || event.step.startsWith("undo:")) continue;
    const name = nameOf(event.step);
    done.set(name, (done.get(name) ?? new Set()).add(event.step));
  }
  return done;
}
