import { resolve } from "node:path";
import type { PlanEnvEntry, PlanStep, PlanUndo, PlanUndoAction } from "../../dsl/plan/plan.ts";
import { renderPlanCommand, renderPlanText, resolveOperand, type Scope } from "../../dsl/plan/resolve-operand.ts";
import { mapShellTemplate } from "../../dsl/shell/map-shell-template.ts";
import type { CreatedPattern } from "../../dsl/undo/undo.ts";
import type { PlainValue } from "../../dsl/values/ref.ts";
import type { RecordedUndo, RecordedUndoAction } from "../events/run-event.ts";
import type { Engine } from "./engine.ts";

/**
 * What undoes a step, as it is journaled: rollback runs this, and not what the source says by then.
 *
 * @param stdout What the step printed, once it has run; it says what was created.
 * @param own What the step gave, which is not in the journal yet: it goes there together with this.
 */
export function recordUndo(
  engine: Engine,
  step: PlanStep,
  stdout: string | undefined,
  own?: Readonly<Record<string, PlainValue>>,
): { readonly undo?: RecordedUndo } {
  const { undo } = step;
  if (undo.kind === "none") return {};
  if (undo.kind === "covered") return recordOwner(engine, undo.by);
  return { undo: recorded(engine, undo, step.id, stdout, own && scopeWith(engine.scope, step.id, own)) };
}

/** The undo of a section or runbook covers the step. */
function recordOwner(engine: Engine, owner: string): { readonly undo?: RecordedUndo } {
  const undo = owner === "" ? engine.plan.undo : engine.sections.undoOf(owner);
  if (!undo || undo.kind === "none" || undo.kind === "covered") return {};
  return { undo: recorded(engine, undo, owner === "" ? "runbook" : `section:${owner}`, undefined) };
}

function recorded(
  engine: Engine,
  undo: Exclude<PlanUndo, { readonly kind: "none" | "covered" }>,
  owner: string,
  stdout: string | undefined,
  scope: Scope = engine.scope,
): RecordedUndo {
  if (undo.kind === "not-needed") return { kind: "not-needed", reason: undo.reason };
  if (undo.kind === "irreversible")
    return {
      kind: "irreversible",
      reason: undo.reason,
      ...(undo.instead === undefined ? {} : { instead: undo.instead.runbook }),
    };
  const { title, idempotent, ifCreated, actions } = undo;
  return {
    kind: "actions",
    title: renderPlanText(title, scope),
    idempotent,
    ...(ifCreated === undefined ? {} : { ifCreated }),
    ...(ifCreated === undefined || stdout === undefined ? {} : { created: whatWasCreated(ifCreated, stdout) }),
    actions: actions.map((action) => recordAction(engine, scope, action)),
    owner,
  };
}

function scopeWith(scope: Scope, id: string, own: Readonly<Record<string, PlainValue>>): Scope {
  return { ...scope, output: (step, output) => (step === id ? own[output] : scope.output(step, output)) };
}

function recordAction(
  engine: Engine,
  scope: Scope,
  { id, effect, execution, command, settings, timeoutSeconds }: PlanUndoAction,
): RecordedUndoAction {
  const text = isKnown(scope, command) ? { command: renderPlanCommand(command, scope) } : {};
  return {
    id,
    effect,
    ...(execution === "native" ? { native: true } : {}),
    ...text,
    cwd: resolve(engine.root, ...settings.cwd.map((folder) => renderPlanText(folder, scope))),
    env: settings.env.map((entry) => recordEnv(scope, entry)),
    ...(timeoutSeconds === undefined ? {} : { timeoutSeconds }),
  };
}

function recordEnv(scope: Scope, entry: PlanEnvEntry): RecordedUndoAction["env"][number] {
  return "secret" in entry
    ? { name: entry.name, secret: entry.secret }
    : { name: entry.name, value: renderPlanText(entry.value, scope) };
}

function isKnown(scope: Scope, { template }: PlanUndoAction["command"]): boolean {
  let known = true;
  mapShellTemplate(template, (operand) => {
    if (resolveOperand(operand, scope).kind === "unknown") known = false;
    return operand;
  });
  return known;
}

/** Every line that a step prints names a thing; the pattern tells which of them it created. */
export function whatWasCreated({ pattern, flags }: CreatedPattern, stdout: string): "all" | "some" | "none" {
  const says = new RegExp(pattern, flags);
  const lines = stdout.split("\n").filter((line) => line.trim() !== "");
  const created = lines.filter((line) => says.test(line));
  if (created.length === 0) return "none";
  return created.length === lines.length ? "all" : "some";
}
