import { resolve } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { digestOf } from "../../dsl/plan/digest.ts";
import type { PlanEnvEntry, PlanSettings, PlanStep } from "../../dsl/plan/plan.ts";
import type { Attempt, AttemptResult } from "../executors/executor.ts";
import type { Engine } from "./engine.ts";
import { knownText } from "./known-text.ts";
import { recordUndo } from "./record-undo.ts";

/** A new attempt: journaled before anything of it happens. */
export async function beginAttempt(engine: Engine, step: PlanStep, key: string): Promise<AttemptResult> {
  const number = (engine.state.steps.get(key)?.attempts ?? 0) + 1;
  return execute(
    engine,
    step,
    () => createAttempt(engine, step, key, number, false),
    async (attempt) => {
      const command = attempt.command === undefined ? {} : { command: shownCommand(step, attempt.command) };
      await engine.recorder.record(
        {
          type: "started",
          step: key,
          id: step.id,
          number: step.number,
          title: engine.text(step.title),
          kind: step.action.kind,
          effect: step.effect,
          attempt: number,
          ...command,
          fingerprint: step.fingerprint,
          inputs: digestOf([
            attempt.command ?? null,
            step.settings.env.map((entry) => envText(engine, entry)),
            attempt.cwd,
          ]),
          cwd: attempt.cwd,
          ...recordUndo(engine, step, undefined),
          background: step.background !== undefined,
          boot: engine.clock.boot,
        },
        { effect: true },
      );
    },
  );
}

/** Goes on with an attempt that an earlier lockstep began: of people, a wait, a gate, or a process that lives. */
export function continueAttempt(engine: Engine, step: PlanStep, key: string): Promise<AttemptResult> {
  const number = engine.state.steps.get(key)?.attempts ?? 1;
  return execute(
    engine,
    step,
    () => createAttempt(engine, step, key, number, true),
    async () => {},
  );
}

async function execute(
  engine: Engine,
  step: PlanStep,
  create: () => Attempt,
  journal: (attempt: Attempt) => Promise<void>,
): Promise<AttemptResult> {
  try {
    const attempt = create();
    await journal(attempt);
    if (step.background) return await inBackground(engine, attempt);
    return await engine.executors[step.action.kind](engine, attempt);
  } catch (error) {
    // what a person can mend is a failure of the step; a disk that fails is one of the run
    if (!(error instanceof LockstepError) || error.code === "disk-failed") throw error;
    return {
      kind: "failed",
      remark: error.hint === undefined ? error.message : `${error.message} (${error.hint})`,
      overrulable: false,
    };
  }
}

async function inBackground(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const problem = await engine.backgrounds.start(attempt);
  if (problem === undefined) return { kind: "running" };
  if (attempt.signal.aborted) return { kind: "ended", remark: problem };
  return { kind: "failed", remark: problem, overrulable: false };
}

function createAttempt(engine: Engine, step: PlanStep, key: string, number: number, resumed: boolean): Attempt {
  const given = once(() => {
    const command = step.command && engine.commandText(step.command);
    return {
      command: command === undefined ? undefined : runCommand(step, command),
      ...placeOf(engine, step.settings),
      stdin: stdinOf(engine, step),
    };
  });
  // one that an earlier lockstep began has been given it all, and must not fail for want of it while it runs
  if (!resumed) given();
  return {
    step,
    key,
    number,
    folder: engine.folder.attemptFolder(key, number),
    get command() {
      return given().command;
    },
    get cwd() {
      return given().cwd;
    },
    get env() {
      return given().env;
    },
    get stdin() {
      return given().stdin;
    },
    signal: signalOf(engine, step, key),
    resumed,
  };
}

function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Where and with which variables a command runs. */
export function placeOf(
  engine: Engine,
  settings: PlanSettings,
): { readonly cwd: string; readonly env: Readonly<Record<string, string>> } {
  const cwd = resolve(engine.root, ...settings.cwd.map((folder) => knownText(folder, engine.scope)));
  return { cwd, env: Object.fromEntries(settings.env.map((entry) => [entry.name, envValue(engine, entry)])) };
}

function envValue(engine: Engine, entry: PlanEnvEntry): string {
  return "secret" in entry ? secretValue(engine, entry.secret) : knownText(entry.value, engine.scope);
}

export function secretValue(engine: Engine, name: string): string {
  const value = engine.secretValues[name];
  if (value !== undefined) return value;
  throw new LockstepError({
    code: "missing-parameter",
    message: `the secret ${name} has no value`,
    hint: "Set the environment variable, file or command that the runbook names for it",
  });
}

/** What may be recorded of a variable. */
function envText(engine: Engine, entry: PlanEnvEntry): string {
  return "secret" in entry
    ? `${entry.name} is the secret ${entry.secret}`
    : `${entry.name}=${engine.text(entry.value)}`;
}

function stdinOf(engine: Engine, { stdin }: PlanStep): string | undefined {
  if (!stdin) return undefined;
  return "secret" in stdin ? secretValue(engine, stdin.secret) : knownText(stdin.value, engine.scope);
}

/** A write that a guard overtakes is left to end, unless it may be interrupted. */
function signalOf(engine: Engine, step: PlanStep, key: string): AbortSignal {
  const looks = step.effect === "read";
  const ending = !runsCommand(step) ? engine.endIdle : looks ? engine.endReads : engine.endNow;
  const guarded = looks || step.interruptible ? [engine.guards.signalFor(step)] : [];
  return AbortSignal.any([ending, engine.handOf(key), ...guarded]);
}

/** Something of the step's own runs; people, waits and gates only let time pass. */
function runsCommand({ execution, action }: PlanStep): boolean {
  return execution === "text" || action.kind === "code" || action.kind === "custom";
}

/** A background step's command ends in " &" on the page; here lockstep is what runs it beside. */
function runCommand(step: PlanStep, command: string): string {
  return step.background ? command.replace(/ &$/, "") : command;
}

function shownCommand(step: PlanStep, command: string): string {
  return step.background ? `${command} &` : command;
}
