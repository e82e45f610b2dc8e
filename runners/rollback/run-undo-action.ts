import type { PlanStep } from "../../dsl/plan/plan.ts";
import { beginAttempt, continueAttempt } from "../engine/attempt-step.ts";
import { conclude } from "../engine/conclude.ts";
import type { Engine } from "../engine/engine.ts";
import { Halt } from "../engine/halt.ts";
import { isSettled } from "../engine/run-state.ts";
import { takeUp } from "../engine/take-up.ts";
import type { RecordedUndoAction, StartedEvent } from "../events/run-event.ts";
import type { UndoTask } from "./undo-plan.ts";

export interface UndoActionRun {
  readonly key: string;
  readonly action: RecordedUndoAction;
  readonly task: UndoTask;
  readonly title: string;
  readonly idempotent: boolean;
}

/** One action of an undo: a journaled step of its own, resumable after kill -9, never done twice. */
export async function runUndoAction(engine: Engine, run: UndoActionRun): Promise<void> {
  const { key, action, task, idempotent } = run;
  if (isSettled(engine.state.steps.get(key)?.outcome)) return;
  if (engine.stopping()) throw engine.interrupted(key);
  if (action.native && !engine.functions.has(action.id))
    throw failed(run, "its function is not loaded: undo it with its runbook, not from a plan in JSON");
  if (action.command === undefined) throw failed(run, "what undoes it needs a value that its step did not give");
  const step = toStep(run, action.command);
  const taken = await takeUp(engine, step, key, idempotent || action.effect === "read");
  if (taken === "settled") return;
  const running = engine.state.steps.get(key);
  const goesOn = running !== undefined && running.outcome === undefined;
  const result = taken ?? (await (goesOn ? continueAttempt : beginAttempt)(engine, step, key));
  const verdict = await conclude(engine, step, key, result, undefined);
  if (verdict.kind === "ended") throw engine.interrupted(key);
  if (verdict.kind === "done") return;
  // it died while it was followed: as if it had been found dead; but one that dies whenever it is begun is not begun for ever
  const followed = goesOn || taken !== undefined;
  if (verdict.kind === "unknown" && (followed || !idempotent)) return runUndoAction(engine, run);
  throw failed({ ...run, task }, verdict.remark);
}

/** Where a question is asked that belongs to no step of the plan, or to its undo: no guard watches there. */
export function askPlace({ id, number, title }: Pick<StartedEvent, "id" | "number" | "title">): PlanStep {
  return { ...emptyStep, id, number, title: { text: title } };
}

function failed({ task, title }: UndoActionRun, remark: string): Halt {
  return new Halt({
    kind: "rollback-failed",
    step: task.record.key,
    message: `Undo ${task.number} (${title}) failed: ${remark}`,
  });
}

/** What the journal recorded, in the shape of a step, so that it runs, ends and resumes as steps do. */
function toStep({ action, task, title }: UndoActionRun, command: string): PlanStep {
  const isCode = action.native === true;
  return {
    ...emptyStep,
    id: isCode ? action.id : task.record.started.id,
    number: `Undo ${task.number}`,
    title: { text: title },
    action: isCode ? { kind: "code", source: command } : { kind: "shell" },
    execution: isCode ? "native" : "text",
    effect: action.effect,
    command: { text: command, template: { parts: [command] } },
    ...(action.timeoutSeconds === undefined ? {} : { timeoutSeconds: action.timeoutSeconds }),
    settings: {
      cwd: [{ text: action.cwd }],
      env: action.env.map((entry) => ("secret" in entry ? entry : { name: entry.name, value: { text: entry.value } })),
    },
  };
}

const emptyStep: PlanStep = {
  block: "step",
  id: "",
  number: "",
  title: { text: "" },
  action: { kind: "shell" },
  effect: "write",
  execution: "text",
  settings: { cwd: [], env: [] },
  on: { text: "this machine" },
  outputs: [],
  expect: [],
  undo: { kind: "none" },
  interruptible: false,
  sensitive: false,
  terminal: false,
  needs: [],
  guards: [],
  conditions: [],
  added: false,
  corrects: [],
  fingerprint: "",
};
