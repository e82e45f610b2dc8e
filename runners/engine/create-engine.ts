import { hostname, userInfo } from "node:os";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { functionsOf } from "../../dsl/plan/functions.ts";
import type { Plan, PlanCommand } from "../../dsl/plan/plan.ts";
import { renderPlanText, resolveOperand, type Scope } from "../../dsl/plan/resolve-operand.ts";
import { guardsOf } from "../../dsl/plan/walk-plan.ts";
import { renderShellTemplate } from "../../dsl/shell/render-shell-template.ts";
import type { Actor } from "../events/run-event.ts";
import { localExecutors } from "../executors/executors.ts";
import { createGuardKeeper } from "../guards/guard-keeper.ts";
import { namesOf } from "../identity/signers.ts";
import type { Clock } from "../journal/clock.ts";
import { secretVariables } from "../processes/inherited-environment.ts";
import type { Procedure } from "../questions/question.ts";
import type { RunOptions } from "../run-options.ts";
import type { RunFolder } from "../store/run-folder.ts";
import { createBackgroundKeeper } from "./background-keeper.ts";
import type { Engine } from "./engine.ts";
import { createInterruption } from "./interruption.ts";
import { planSections } from "./plan-sections.ts";
import type { Recorder } from "./recorder.ts";
import type { RunState } from "./run-state.ts";

export interface EngineInit {
  readonly plan: Plan;
  readonly folder: RunFolder;
  readonly options: RunOptions;
  readonly clock: Clock;
  readonly recorder: Recorder;
  /** Aborted when this process lets the run go. */
  readonly over: AbortSignal;
}

/** Puts together what works on one run. */
export function createEngine({ plan, folder, options, clock, recorder, over }: EngineInit): Engine {
  const { state } = recorder;
  const scope = runScope(plan, state);
  const interruption = createInterruption(options.signal, over);
  const byHand = new Map<string, { readonly end: AbortController; readonly hurry: AbortController }>();
  let stepping = options.mode === "step" && options.prompter !== undefined;
  const measurements = new Map(plan.measurements.map((measurement) => [measurement.id, measurement]));
  const engine: Omit<Engine, "guards" | "backgrounds"> & {
    guards?: Engine["guards"];
    backgrounds?: Engine["backgrounds"];
  } = {
    plan,
    folder,
    root: options.root,
    mode: options.mode ?? "auto",
    by: options.by ?? thisActor(),
    roles: options.roles ?? {},
    get operators() {
      return namesOf(options.signers, state.operators);
    },
    procedure: procedureOf(plan, folder),
    signers: options.signers,
    vouched: options.vouched === true,
    prompter: options.prompter,
    sections: planSections(plan),
    stepping: () => stepping,
    runToEnd: () => {
      stepping = false;
    },
    attended: options.prompter !== undefined && options.mode !== undefined && options.mode !== "auto",
    secrets: Object.values(options.secrets ?? {}),
    withheld: secretVariables(plan),
    secretValues: options.secrets ?? {},
    clock,
    recorder,
    state,
    scope,
    executors: { ...localExecutors, ...options.executors },
    functions: functionsOf(plan),
    endNow: interruption.endNow,
    get endReads() {
      return interruption.endReads;
    },
    get endIdle() {
      return interruption.endIdle;
    },
    hurry: interruption.hurry,
    stopping: interruption.stopping,
    interrupted: interruption.haltAt,
    fail: interruption.fail,
    goBack: interruption.goBack,
    takeDecision: interruption.takeDecision,
    handOf: (key) => {
      const hand = { end: new AbortController(), hurry: new AbortController() };
      byHand.set(key, hand);
      return hand.end.signal;
    },
    hurryOf: (key) => {
      const hand = byHand.get(key);
      return hand === undefined ? interruption.killNow : AbortSignal.any([interruption.killNow, hand.hurry.signal]);
    },
    endByHand: (key) => {
      const hand = byHand.get(key);
      if (hand?.end.signal.aborted) hand.hurry.abort();
      hand?.end.abort("interrupt");
    },
    endedByHand: (key) => byHand.get(key)?.end.signal.aborted ?? false,
    text: (text) => renderPlanText(text, scope),
    commandText: (command) => knownCommand(command, scope),
    measurement: (id) => measurements.get(id),
    secondsSince: ({ mono, wall }, boot) =>
      Math.max(0, (boot === clock.boot ? clock.mono() - mono : clock.now().getTime() - wall) / 1000),
  };
  engine.guards = createGuardKeeper(engine as Engine, guardsOf(plan));
  engine.backgrounds = createBackgroundKeeper(engine as Engine);
  return engine as Engine;
}

function procedureOf({ id, title, environment }: Plan, { id: run }: RunFolder): Procedure {
  return { run, runbook: id, title, ...(environment === undefined ? {} : { environment }) };
}

/** Who runs it, as the operating system says. */
export function thisActor(): Actor {
  return { user: userName(), host: hostname() };
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? "unknown");
  }
}

function runScope(plan: Plan, state: RunState): Scope {
  const values = new Map(plan.parameters.map(({ name, value }) => [name, value]));
  return {
    param: (name) => values.get(name),
    output: (step, output) => (state.skipped.has(step) ? undefined : state.outputs.get(step)?.[output]),
    // what failed for good gives nothing either; only an answer to its failure comes to ask
    absent: (step) => state.skipped.has(step) || state.latest.get(step) === "failed",
  };
}

/** What runs has no place left for a value: a placeholder must never reach a shell. */
function knownCommand({ template }: PlanCommand, scope: Scope): string {
  return renderShellTemplate(template, (operand) => {
    const resolved = resolveOperand(operand, scope);
    if (resolved.kind === "known") return resolved;
    throw new LockstepError({
      code: "missing-parameter",
      message: `a command needs ${resolved.placeholder}, which has no value`,
      hint: "Give the parameter, or see why the step that gives it has none",
    });
  });
}
