import { LockstepError } from "../errors/lockstep-error.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { checkPin } from "../policy/check-pin.ts";
import { requireNumber } from "../values/require-number.ts";
import { type Compilation, claimId, nextNumber, requireTitle, type Surroundings } from "./compilation.ts";
import { type CompiledAction, compileAction, compileCheck, compileExpect } from "./compile-action.ts";
import { compileResponse } from "./compile-response.ts";
import { compileSettings } from "./compile-settings.ts";
import { compileStepUndo } from "./compile-undo.ts";
import { compileCommand, compileEnvValue, compileTemplate, compileText, type User, userOf } from "./compile-values.ts";
import { failingWords } from "./failing-words.ts";
import { fingerprintOf } from "./fingerprint.ts";
import type { PlanCommand, PlanCondition, PlanReady, PlanStep } from "./plan.ts";
import { evaluateCondition, type Scope } from "./resolve-operand.ts";

/** A step as it stands in the plan. */
export function compileStep(
  compilation: Compilation,
  root: AnyRunbook,
  node: StepNode,
  around: Surroundings,
): PlanStep {
  const { at } = node;
  const id = claimId(compilation, around, node.id, at);
  const number = nextNumber(around);
  requireTitle(node.title, `step ${id}`, at);
  const user = userOf(compilation, root, node);
  const compiled = compileAction(compilation, node.action, user);
  if (compiled.run) compilation.functions.set(id, compiled.run);
  const settings = compileSettings(compilation, node.settings, around.settings, user);
  const command = commandOf(compilation, node, compiled);
  const skipping = skippedBy(around.conditions, compilation.scope);
  if (skipping) compilation.skipped.add(id);
  else checkPin(compilation, node.action, `step ${id}`, user);
  if (node.probe && !skipping) checkPin(compilation, node.probe.action, `the probe of ${id}`, user);
  const step: Omit<PlanStep, "fingerprint"> = {
    block: "step",
    id,
    number,
    title: compileText(compilation, node.title, user),
    action: compiled.action,
    effect: node.action.effect,
    execution: compiled.execution,
    ...(command === undefined ? {} : { command }),
    settings,
    on: compiled.on,
    outputs: Object.entries(node.declared).map(([name, { capture, example, gives }]) => ({
      name,
      capture,
      ...(example === undefined ? {} : { example }),
      ...(gives === undefined ? {} : { gives }),
    })),
    expect: compileExpect(compilation, node.expect, user),
    undo: compileStepUndo(compilation, node, id, settings, around, user),
    ...(node.probe === undefined
      ? {}
      : { probe: compileCheck(compilation, node.probe.action.command, node.probe.expect, user) }),
    ...retryOf(node),
    ...(node.timeout === undefined ? {} : { timeoutSeconds: node.timeout.seconds }),
    ...(node.deadline === undefined ? {} : { deadlineSeconds: node.deadline.seconds }),
    ...responseOf(compilation, root, node, number, around),
    ...(node.background === undefined
      ? {}
      : { background: { ready: compileReady(compilation, node, user), endsWith: around.section } }),
    ...(node.stdin === undefined ? {} : { stdin: compileEnvValue(compilation, node.stdin, user) }),
    interruptible: node.interruptible,
    sensitive: node.sensitive,
    terminal: node.terminal,
    needs: [],
    guards: [],
    conditions: around.conditions,
    ...skipping,
    added: node.added,
    corrects: node.corrects.map(({ text, reason }) => ({ block: "quoted", text, reason })),
  };
  return { ...step, fingerprint: fingerprintOf(step, compilation.measurements) };
}

/** A step whose `needs` became known later has another fingerprint. */
export function withNeeds({ measurements }: Compilation, step: PlanStep, needs: readonly string[]): PlanStep {
  const changed = { ...step, needs };
  return { ...changed, fingerprint: fingerprintOf(changed, measurements) };
}

/** A background step's command ends in " &". */
function commandOf(compilation: Compilation, node: StepNode, { command }: CompiledAction): PlanCommand | undefined {
  if (!command || !node.background) return command;
  return compileTemplate(compilation, { parts: [...command.template.parts, " &"] });
}

function retryOf({ retry, at, id }: StepNode): Pick<PlanStep, "retry"> | undefined {
  if (!retry) return undefined;
  const attempts = requireNumber(retry.attempts, `the attempts of ${id}`, { min: 1, whole: true }, at);
  const backoff = requireNumber(retry.backoff ?? 1, `the backoff of ${id}`, { min: 1 }, at);
  return { retry: { attempts, everySeconds: retry.every.seconds, backoff } };
}

/** Its own answer to a failure. A section's holds for its steps too, and stands on the section. */
function responseOf(
  compilation: Compilation,
  root: AnyRunbook,
  node: StepNode,
  number: string,
  around: Surroundings,
): Pick<PlanStep, "onFailure"> | undefined {
  const onFailure = node.onFailure
    ? compileResponse(compilation, root, node.onFailure, `${number}f`, around, node.at)
    : undefined;
  return onFailure && { onFailure };
}

function compileReady(compilation: Compilation, node: StepNode, user: User): PlanReady {
  const ready = node.background?.ready;
  if (typeof ready === "string") return { kind: "contains", text: ready };
  if (ready instanceof RegExp) return { kind: "matches", pattern: ready.source, flags: ready.flags };
  if (ready) return { kind: "check", command: compileCommand(compilation, ready.command, user) };
  throw new LockstepError({
    code: "bad-setting",
    message: `background step ${node.id} does not say when it is ready`,
    hint: 'Say what it prints by then: { ready: "Forwarding from" }, or a read that succeeds then',
    at: node.at,
  });
}

/** The first condition around it that certainly does not hold. */
export function skippedBy(
  conditions: readonly PlanCondition[],
  scope: Scope,
): { readonly skipped: string } | undefined {
  const failing = conditions.find((condition) => evaluateCondition(condition, scope) === false);
  return failing && { skipped: failingWords(failing) };
}
