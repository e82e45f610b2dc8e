import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { AnyRunbook } from "../../dsl/nodes/runbook.ts";
import { compile } from "../../dsl/plan/compile.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { attachAttempt } from "../../runners/attempts/attach-attempt.ts";
import { readBegun } from "../../runners/attempts/begun-record.ts";
import { readStatus } from "../../runners/attempts/status-record.ts";
import { validateEvent } from "../../runners/engine/journal-events.ts";
import { resume, rollback, run } from "../../runners/engine/run.ts";
import type { FinishedEvent, JournalEvent, RunEvent } from "../../runners/events/run-event.ts";
import type { Clock } from "../../runners/journal/clock.ts";
import { readJournal } from "../../runners/journal/journal-reader.ts";
import { isAlive } from "../../runners/processes/process-identity.ts";
import { sessionMembers } from "../../runners/processes/session-members.ts";
import type { Answer } from "../../runners/questions/question.ts";
import type { ResumeOptions, Run, RunOptions, RunResult } from "../../runners/run-options.ts";
import { writeInbox } from "../../runners/store/inbox.ts";
import { openRunStore } from "../../runners/store/run-store.ts";

/** How a run ended, and what it told meanwhile. */
export interface RunStory extends RunResult {
  readonly events: readonly RunEvent[];
}

export type RunFixture = ReturnType<typeof createRunFixture>;

type Source = AnyRunbook | Plan;
type Values = Readonly<Record<string, unknown>>;

/**
 * A project of its own: a root in which steps run, with a file `effects` that they append to. `clean` ends what runs
 * left running, each by its own session, and removes it all.
 */
export function createRunFixture() {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "lockstep-run-")));
  const planOf = (source: Source, values?: Values): Plan =>
    "format" in source
      ? source
      : compile(source, { root, ...(values === undefined ? {} : { values: values as never }) });
  const fixture = {
    root,
    plan: planOf,
    /** Runs it to where it stops. */
    run: (source: Source, { values, ...options }: Partial<RunOptions> & { values?: Values } = {}): Promise<RunStory> =>
      hear(run(planOf(source, values), { root, vouched: true, ...options })),
    /** Runs it, and lets a test act meanwhile. */
    start: (source: Source, { values, ...options }: Partial<RunOptions> & { values?: Values } = {}): StartedRun =>
      follow(run(planOf(source, values), { root, vouched: true, ...options })),
    /** Runs it until the first command would be started, and leaves it there: as if lockstep had died right then. */
    crash: async (source: Source): Promise<void> => {
      const shell = async (): Promise<never> => {
        throw new Error("lockstep died");
      };
      const ended = await run(planOf(source), { root, executors: { shell } }).result.catch(
        (error: Error) => error.message,
      );
      if (ended !== "lockstep died") throw new Error(`it did not come to a command: ${JSON.stringify(ended)}`);
    },
    /** Goes on with the newest run, and lets a test act meanwhile. */
    startResume: async (source?: Source, options: Partial<ResumeOptions> = {}): Promise<StartedRun> =>
      follow(
        resume({
          root,
          vouched: true,
          run: options.run ?? (await newest(root)),
          ...(source === undefined ? {} : { plan: planOf(source) }),
          ...options,
        }),
      ),
    /** Goes on with the newest run, or the one that is named. */
    resume: async (
      source?: Source,
      { values, ...options }: Partial<ResumeOptions> & { values?: Values } = {},
    ): Promise<RunStory> =>
      hear(
        resume({
          root,
          vouched: true,
          run: options.run ?? (await newest(root)),
          ...(source === undefined ? {} : { plan: planOf(source, values) }),
          ...options,
        }),
      ),
    rollback: async (options: Partial<ResumeOptions> = {}): Promise<RunStory> =>
      hear(rollback({ root, vouched: true, run: options.run ?? (await newest(root)), ...options })),
    /** Answers from elsewhere, as `lockstep approve` does. */
    answer: async (step: string, answer: Answer, by = "bo", sent: { readonly clock?: Clock } = {}): Promise<void> => {
      const folder = await openRunStore(root).find();
      const { lines } = await readJournal(folder.journalFile, { validate: validateEvent });
      const asked = lines.findLast((line) => line.type === "asked" && line.question.step === step);
      const question = asked?.type === "asked" ? asked.question.id : `${step}#1`;
      await writeInbox(folder, { kind: answer.say, step, question, by, answer }, sent);
    },
    /** The lines that steps appended. */
    effects: (): readonly string[] => linesOf(join(root, "effects")),
    read: (name: string): string => readFileSync(join(root, name), "utf8"),
    write: (name: string, text: string): void => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    },
    exists: (name: string): boolean => existsSync(join(root, name)),
    journal: async (id?: string): Promise<readonly JournalEvent[]> => {
      const folder = await openRunStore(root).find(id);
      return (await readJournal(folder.journalFile, { validate: validateEvent })).lines;
    },
    folder: (id?: string) => openRunStore(root).find(id),
    /** Everything under `.lockstep`, as one text, to look for what must not be there. */
    stateText: (): string => textUnder(join(root, ".lockstep")),
    clean: async (): Promise<void> => {
      for (const folder of attemptFolders(root)) await endAttempt(folder);
      rmSync(root, { recursive: true, force: true });
    },
  };
  return fixture;
}

async function hear(running: Run): Promise<RunStory> {
  const events: RunEvent[] = [];
  for await (const event of running) events.push(event);
  return { ...(await running.result), events };
}

/** A run that goes on while a test looks at it. */
export interface StartedRun {
  /** Resolves with the first event, past or to come, that fits; rejects if the run is over without one. */
  waitFor(fits: (event: RunEvent) => boolean): Promise<RunEvent>;
  readonly story: Promise<RunStory>;
  /** A person at the terminal decides to go back. */
  rollBack(): void;
}

function follow(running: Run): StartedRun {
  const events: RunEvent[] = [];
  const heard: (() => void)[] = [];
  let over = false;
  const wake = (): void => {
    for (const done of heard.splice(0)) done();
  };
  const hearAll = async (): Promise<RunStory> => {
    for await (const event of running) {
      events.push(event);
      wake();
    }
    return { ...(await running.result), events };
  };
  const story = hearAll().finally(() => {
    over = true;
    wake();
  });
  story.catch(() => {});
  return {
    story,
    rollBack: () => running.rollBack(),
    waitFor: async (fits) => {
      for (let next = 0; ; next += 1) {
        while (next >= events.length) {
          if (over) throw new Error(`no such event among: ${events.map(({ type }) => type).join(" ")}`);
          await new Promise<void>((done) => heard.push(done));
        }
        const event = events[next] as RunEvent;
        if (fits(event)) return event;
      }
    },
  };
}

async function newest(root: string): Promise<string> {
  return (await openRunStore(root).find()).id;
}

/** The outcomes of a step, in order. */
export function outcomesOf(events: readonly (RunEvent | JournalEvent)[], step: string): readonly string[] {
  return finishedOf(events, step).map(({ outcome }) => outcome);
}

export function finishedOf(events: readonly (RunEvent | JournalEvent)[], step: string): readonly FinishedEvent[] {
  return events.flatMap((event) => (event.type === "finished" && event.step === step ? [event] : []));
}

/** The events of one type. */
export function ofType<T extends RunEvent["type"]>(
  events: readonly RunEvent[],
  type: T,
): readonly OfType<RunEvent, T>[] {
  return events.filter((event) => event.type === type) as never;
}

/** One event may stand for several types. */
type OfType<E, T> = E extends { readonly type: infer K } ? (T extends K ? E : never) : never;

/** What a step wrote, as it was shown. */
export function outputOf(events: readonly RunEvent[], step: string): string {
  return events.flatMap((event) => (event.type === "output" && event.step === step ? [event.text] : [])).join("");
}

function linesOf(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8").split("\n").slice(0, -1);
}

export function attemptFolders(root: string): readonly string[] {
  const runs = join(root, ".lockstep", "runs");
  if (!existsSync(runs)) return [];
  return readdirSync(runs).flatMap((id) => {
    const attempts = join(runs, id, "attempts");
    return existsSync(attempts) ? readdirSync(attempts).map((name) => join(attempts, name)) : [];
  });
}

async function endAttempt(folder: string): Promise<void> {
  const begun = readBegun(folder);
  if (typeof begun !== "object" || begun.kind !== "session") return;
  if (readStatus(folder) && sessionMembers(begun).length === 0) return;
  if (isAlive(begun) || sessionMembers(begun).length > 0)
    await attachAttempt(folder, { graceSeconds: 0.1 }).end("interrupt");
  for (const { pid } of sessionMembers(begun)) killIfThere(pid);
}

/** A process of a test may end by itself just before. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

function textUnder(folder: string): string {
  if (!existsSync(folder)) return "";
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? textUnder(path) : readFileSync(path, "latin1");
    })
    .join("\n");
}
