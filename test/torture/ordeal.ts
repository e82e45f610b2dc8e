import { existsSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { JournalEvent } from "../../runners/events/run-event.ts";
import { splitLine } from "../../runners/journal/journal-line.ts";
import { parseJournal } from "../../runners/journal/journal-parser.ts";
import { createRunFixture, type RunFixture } from "../support/run-fixture.ts";
import { type Aftermath, differencesFrom, ledgerBreaches, orderBreaches } from "./effect-laws.ts";
import type { Facts } from "./facts.ts";
import { breachesOf } from "./journal-laws.ts";
import { type Life, type LifeEnd, liveOnce } from "./life.ts";
import { killAll, killWrappers, losePower, processesIn } from "./machine.ts";
import { misfortuneOf } from "./misfortune.ts";
import { createRandom, type Random } from "./random.ts";
import type { Recorded } from "./recorded.ts";
import { timeBreaches } from "./time-laws.ts";
import { factsOf, secretValue } from "./torture-runbook.ts";
import { createWitness } from "./witness.ts";

/** What came of one run that was killed again and again. */
export interface Ordeal {
  readonly seed: number;
  readonly facts: Facts;
  /** What must never be; empty: it kept every promise. */
  readonly breaches: readonly string[];
  readonly lives: readonly LifeEnd[];
  readonly effects: readonly string[];
  readonly events: readonly Recorded[];
}

/** More lives than any run needs. */
const mostLives = 40;

/** Runs the runbook of a seed, kills it again and again, and judges what it did. */
export async function undergo(seed: number): Promise<Ordeal> {
  const calm = await go(seed, 0);
  if (calm.breaches.length > 0) return { ...calm, breaches: calm.breaches.map((breach) => `undisturbed: ${breach}`) };
  const random = createRandom(seed + 0.25);
  return go(seed, 2 + random.below(5), calm.effects);
}

async function go(seed: number, disturbances: number, undisturbed?: readonly string[]): Promise<Ordeal> {
  const project = createRunFixture();
  try {
    return await goIn(project, seed, disturbances, undisturbed);
  } finally {
    await killAll(project.root);
    await project.clean();
  }
}

async function goIn(
  project: RunFixture,
  seed: number,
  disturbances: number,
  undisturbed: readonly string[] | undefined,
): Promise<Ordeal> {
  const random = createRandom(seed + 0.75);
  const facts = factsOf(seed);
  const { root } = project;
  project.write("rate", "0\n");
  const breaches: string[] = [];
  const lives: LifeEnd[] = [];
  const misfortune = misfortuneOf(random, join(root, "synced"));
  const goBackAfter = facts.story === "through" && random.chance(0.25) ? 1 + random.below(3) : Number.POSITIVE_INFINITY;
  let goneBack = false;
  let doomed = false;
  let kept = "";
  const witness = createWitness({
    facts,
    effects: project.effects,
    journal: () => readEvents(journalIn(root)),
    append: (line) => project.write("effects", `${project.effects().join("\n")}\n${line}\n`),
    mend: () => {
      if (!project.exists("rate")) project.write("rate", "0\n");
    },
  });

  for (let number = 1; ; number += 1) {
    const disturbed = number <= disturbances;
    const journal = journalIn(root);
    const events = readEvents(journal);
    const begun = events.length > 0;
    if (!begun && project.effects().length > 0) breaches.push("something happened, and nothing is in a journal");
    if (!begun) {
      rmSync(join(root, "synced"), { force: true });
      kept = "";
    }
    const goBack: boolean = begun && !goneBack && disturbances > 0 && number > goBackAfter;
    goneBack ||= goBack;
    const life: Life = {
      seed,
      project,
      begun,
      goBack,
      witness,
      ...(facts.secret ? { secret: secretValue } : {}),
      ...(disturbed ? misfortune.next() : { faults: misfortune.calm() }),
    };
    const end = await liveOnce(life, random);
    lives.push(end);
    breaches.push(...end.breaches);
    if (end.signal) doomed = true;
    if (disturbed) doomed = (await afterDeath(project, end, misfortune, random)) || doomed;
    const path = journalIn(root);
    breaches.push(...journalBreaches(path, kept, readSynced(root)), ...startBreaches(root));
    kept = path && existsSync(path) ? readFileSync(path, "latin1") : "";
    if (breaches.length > 0 || isOver(readEvents(path))) break;
    if (!disturbed && end.result?.state !== "suspended" && end.result?.state !== "interrupted") {
      const code = end.error?.code;
      const retryable = code === "unknown-run" && !begun;
      if (!retryable) breaches.push(`it did not come to its end: ${JSON.stringify(end.result ?? end.error ?? "hung")}`);
    }
    if (number >= mostLives) breaches.push(`it did not come to its end in ${mostLives} lives`);
    if (breaches.length > 0) break;
  }

  const events = readEvents(journalIn(root));
  const after: Aftermath = { effects: project.effects(), events, repeats: witness.repeats, goneBack };
  breaches.push(
    ...orderBreaches(facts, after.effects),
    ...breachesOf(events, facts, doomed),
    ...timeBreaches(events, facts),
    ...ledgerBreaches(facts, after),
  );
  if (isOver(events) && undisturbed) breaches.push(...differencesFrom(undisturbed, facts, after));
  if (isOver(events) && (await stillRuns(root))) breaches.push("a process is left running");
  if (project.stateText().includes(secretValue)) breaches.push("the secret is on the disk");
  return { seed, facts, breaches, lives, effects: after.effects, events };
}

/** Sometimes the steps' processes end as well, or the whole machine. True if a step may be unknown by that. */
async function afterDeath(
  { root }: RunFixture,
  end: LifeEnd,
  misfortune: ReturnType<typeof misfortuneOf>,
  random: Random,
): Promise<boolean> {
  if (end.result && !end.killed) return false;
  const what = random.next();
  if (what < 0.15) {
    await killAll(root);
    losePower(journalIn(root) ?? "", root, join(root, "synced"), random);
    misfortune.reboot();
    end.told.push("the machine was started anew");
    return true;
  }
  if (what < 0.35) {
    await killAll(root);
    end.told.push("the steps' processes were killed");
    return true;
  }
  if (what < 0.42) {
    killWrappers(root);
    end.told.push("the wrappers were killed");
    return true;
  }
  if (what < 0.7) await delay(random.below(150));
  return false;
}

function isOver(events: readonly Recorded[]): boolean {
  return events.some(({ type }) => type === "ended");
}

/** A command that has just been ended may take a moment. */
async function stillRuns(root: string): Promise<boolean> {
  for (let tries = 0; tries < 100; tries += 1) {
    if (processesIn(root).length === 0) return false;
    await delay(20);
  }
  return true;
}

/** What was synced is never changed, and the chain holds; a torn end may be there while nobody holds the run. */
function journalBreaches(path: string | undefined, before: string, synced: number): readonly string[] {
  if (!path || !existsSync(path)) return [];
  const bytes = readFileSync(path);
  const { damage } = parseJournal(bytes);
  const breaches = damage ? [`the journal does not verify: line ${damage.line}: ${damage.reason}`] : [];
  const whole = Math.min(before.lastIndexOf("\n") + 1, synced);
  if (bytes.toString("latin1", 0, whole) !== before.slice(0, whole)) breaches.push("what was synced was changed");
  if (statSync(path).size < Math.min(synced, before.length)) breaches.push("what was synced is gone");
  return breaches;
}

/** What the processes themselves saw. */
function startBreaches(root: string): readonly string[] {
  const file = join(root, "synced.broken");
  return existsSync(file) ? readFileSync(file, "utf8").split("\n").slice(0, -1) : [];
}

function readSynced(root: string): number {
  const file = join(root, "synced");
  return existsSync(file) ? Number(readFileSync(file, "utf8")) : 0;
}

function readEvents(path: string | undefined): readonly Recorded[] {
  if (!path || !existsSync(path)) return [];
  return parseJournal(readFileSync(path)).lines.map((line) => {
    const { event, envelope } = splitLine(line);
    return { ...(event as JournalEvent), mono: envelope.mono };
  });
}

/** The journal of the newest run: one that was never recorded is begun anew. */
function journalIn(root: string): string | undefined {
  const runs = join(root, ".lockstep", "runs");
  if (!existsSync(runs)) return undefined;
  const found = readdirSync(runs).flatMap((id) => {
    const [birth, journal] = [join(runs, id, "run.json"), join(runs, id, "journal.ndjson")];
    return existsSync(birth) && existsSync(journal) ? [{ birth, journal }] : [];
  });
  const numberOf = ({ birth }: { readonly birth: string }): number =>
    Number(readFileSync(birth, "utf8").match(/"number":(\d+)/)?.[1] ?? 0);
  return found.sort((one, other) => numberOf(other) - numberOf(one))[0]?.journal;
}
