import type { PlanReady, PlanStep } from "../../dsl/plan/plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { attachAttempt } from "../attempts/attach-attempt.ts";
import type { AttemptOutcome, Attempt as Process } from "../attempts/attempt.ts";
import { claimAttempt } from "../attempts/claim-attempt.ts";
import { createTextMasker } from "../attempts/masker.ts";
import type { Attempt } from "../executors/executor.ts";
import { graceSeconds, outsideWords, startProcess } from "../executors/text-executor.ts";
import { type Finish, finish } from "./conclude.ts";
import type { Engine } from "./engine.ts";
import { pause } from "./pause.ts";
import { runCheck } from "./run-check.ts";

/** Unless it has a time-out of its own, a background step must be ready within this time. */
const readyWithinSeconds = 60;

interface Background {
  readonly attempt: Attempt;
  readonly process: Process;
  readonly shown: Promise<void>;
  outcome?: AttemptOutcome;
}

/** The steps that run beside the others until the end of their section, or of the pass of their repeat. */
export interface BackgroundKeeper {
  /** Resolves when it is ready; else with the reason why it is not. */
  start(attempt: Attempt): Promise<string | undefined>;
  /** Ends those of a section or repeat, or all of them. `closed`: their section is over; else they begin again on resume. */
  end(section: string | "all", closed: boolean): Promise<void>;
  /** One that ended by itself before its time, of those of a section, or of all. */
  lost(section?: string): { readonly step: PlanStep; readonly key: string; readonly message: string } | undefined;
}

export function createBackgroundKeeper(engine: Engine): BackgroundKeeper {
  const running = new Map<string, Background>();

  async function start(attempt: Attempt): Promise<string | undefined> {
    const process = await startProcess(engine, attempt);
    const ready = createReadiness(engine, attempt);
    const background: Background = { attempt, process, shown: show(engine, attempt, process, ready.see) };
    background.shown.catch(() => {}); // it is heard of where the step is ended
    running.set(attempt.key, background);
    void process.ended.then((outcome) => {
      background.outcome = outcome;
    });
    let isReady = false;
    try {
      const problem = await ready.wait(() => background.outcome !== undefined);
      isReady = problem === undefined;
      if (isReady) await engine.recorder.record({ type: "ready", step: attempt.key });
      return problem;
    } finally {
      // also where looking whether it is ready was not even possible
      if (!isReady) {
        running.delete(attempt.key);
        await process.end("section-end");
        // what it printed stands before how it ended
        await background.shown;
      }
    }
  }

  return {
    start,
    end: async (section, closed) => {
      const ending = [...running.values()]
        .reverse()
        .filter(({ attempt }) => section === "all" || attempt.step.background?.endsWith === section);
      for (const background of ending) {
        running.delete(background.attempt.key);
        await endOne(engine, background, closed);
      }
      if (section === "all") await endLeftBehind(engine, closed);
    },
    lost: (section) => {
      const background = [...running.values()].find(
        ({ outcome, attempt }) =>
          outcome !== undefined && (section === undefined || attempt.step.background?.endsWith === section),
      );
      if (!background) return undefined;
      const { step, key } = background.attempt;
      const code = background.outcome?.kind === "exited" ? `, exit code ${background.outcome.exitCode}` : "";
      return { step, key, message: `${step.number} ended by itself${code}, before its section was over` };
    },
  };
}

async function endOne(
  engine: Engine,
  { attempt, process, shown, outcome: before }: Background,
  closed: boolean,
): Promise<void> {
  const hurried = engine.hurryOf(attempt.key);
  if (hurried.aborted) process.hurry();
  hurried.addEventListener("abort", process.hurry, { once: true });
  const outcome = await process.end("section-end");
  hurried.removeEventListener("abort", process.hurry);
  await shown;
  const withSection = closed && attempt.step.background?.endsWith !== "";
  const ended = `ended with ${withSection ? "its section" : "the run"}${outsideWords(outcome)}`;
  const remark = before ? "ended by itself" : ended;
  await finish(engine, attempt.key, { ...endOf(closed), remark });
}

/** A lockstep that was killed left them running, and what was done since, such as a rollback, had no use for them. */
async function endLeftBehind(engine: Engine, closed: boolean): Promise<void> {
  const left = [...engine.state.steps.values()].filter(({ started, outcome }) => started.background && !outcome);
  for (const { key, attempts } of left.reverse()) {
    const folder = engine.folder.attemptFolder(key, attempts);
    await claimAttempt(folder);
    await attachAttempt(folder, { graceSeconds }).end("section-end");
    await finish(engine, key, { ...endOf(closed), remark: "ended with the run" });
  }
}

/** What ends before what it is there for begins again with the run. */
function endOf(closed: boolean): Pick<Finish, "outcome" | "begun"> {
  return closed ? { outcome: "ok" } : { outcome: "not-started", begun: true };
}

async function show(
  engine: Engine,
  { key, step }: Attempt,
  process: Process,
  see: (text: string) => void,
): Promise<void> {
  for await (const { stream, text } of process.output()) {
    see(text);
    engine.recorder.show({ type: "output", step: key, number: step.number, stream, text });
  }
}

/** Waits until what it printed, or a read, says that it is ready. */
function createReadiness(engine: Engine, attempt: Attempt) {
  const ready = attempt.step.background?.ready as PlanReady;
  const limit = attempt.step.timeoutSeconds ?? readyWithinSeconds;
  const mask = createTextMasker(engine.secrets);
  let printed = "";
  let saidSo = false;
  const saysSo = (): boolean => {
    if (ready.kind === "contains") return printed.includes(ready.text);
    return ready.kind === "matches" && new RegExp(ready.pattern, ready.flags.replace(/[gy]/g, "")).test(printed);
  };
  const isReady = async (): Promise<boolean> =>
    "command" in ready ? (await runCheck(engine, { command: ready.command, expect: [] }, attempt)).ok : saidSo;
  return {
    // at once: what comes after it may be more than is kept
    see: (text: string): void => {
      if (saidSo || "command" in ready) return;
      printed += mask(text);
      saidSo = saysSo();
      printed = saidSo ? "" : printed.slice(-64 * 1024);
    },
    wait: async (ended: () => boolean): Promise<string | undefined> => {
      const since = engine.clock.mono();
      for (;;) {
        if (await isReady()) return undefined;
        if (ended()) return "it ended before it was ready";
        if (attempt.signal.aborted) return "ended before it was ready";
        if ((engine.clock.mono() - since) / 1000 > limit) return `not ready within ${formatDuration(limit)}`;
        await pause(0.05, attempt.signal);
      }
    },
  };
}
