import type { Action } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { StepNode } from "../nodes/step.ts";
import { checkPin } from "../policy/check-pin.ts";
import { parseActions, type UndoByOutputs, type UndoNode } from "../undo/undo.ts";
import type { Duration } from "../values/duration.ts";
import type { Compilation, Surroundings } from "./compilation.ts";
import { compileAction } from "./compile-action.ts";
import { compileText, type User } from "./compile-values.ts";
import type { PlanSettings, PlanText, PlanUndo, PlanUndoAction } from "./plan.ts";

/** The undo of a step: its own, else its section's, else its runbook's; the nearest holds. */
export function compileStepUndo(
  compilation: Compilation,
  node: StepNode,
  id: string,
  settings: PlanSettings,
  around: Surroundings,
  user: User,
): PlanUndo {
  const { effect } = node.action;
  const nearest = node.undo ?? around.undo?.node;
  if (effect === "read" && node.undo === undefined) return { kind: "none" };
  if (!nearest) throw undoMissing(node);
  if (nearest.kind === "not-needed" && effect === "destructive") throw notNeededDestructive(node, nearest.reason);
  const undo = undoOf(nearest, node);
  refusePlainDelete(node, undo);
  if (!node.undo && around.undo && undo.kind === "actions") return { kind: "covered", by: around.undo.owner };
  return compileUndo(
    compilation,
    undo,
    { id, title: { text: `undo ${id}` }, settings, ...(node.timeout === undefined ? {} : { timeout: node.timeout }) },
    { ...user, own: node },
  );
}

/** What is undone. */
interface Undone {
  readonly id: string;
  readonly title: PlanText;
  readonly settings: PlanSettings;
  /** Its own; the undo may say another. */
  readonly timeout?: Duration;
}

/** An undo as it stands; `of` is the step, or `section:<id>`, or `runbook`. */
export function compileUndo(compilation: Compilation, node: UndoNode, of: Undone, user: User): PlanUndo {
  const undo = undoOf(node, user.own);
  if (undo.kind === "not-needed") return { kind: "not-needed", reason: undo.reason };
  if (undo.kind === "irreversible") {
    const { reason, instead } = undo;
    if (!instead) return { kind: "irreversible", reason };
    return { kind: "irreversible", reason, instead: { ...instead, params: instead.params ?? {} } };
  }
  if (undo.actions.length === 0) throw emptyUndo(undo.at);
  if (undo.ifCreated && !user.own) throw createdByMany(undo.at);
  return {
    kind: "actions",
    title: undo.title === undefined ? of.title : compileText(compilation, undo.title, user),
    actions: undo.actions.map((action, index) => {
      if (!compilation.skipped.has(of.id)) checkPin(compilation, action, `the undo of ${of.id}`, user);
      return compileUndoAction(compilation, action, { ...of, id: `undo:${of.id}.${index + 1}` }, undo.timeout, user);
    }),
    idempotent: undo.idempotent,
    ...(undo.ifCreated === undefined ? {} : { ifCreated: undo.ifCreated }),
  };
}

/** A function of the step's outputs is called with its refs. */
function undoOf(undo: UndoNode, own: StepNode | undefined): Exclude<UndoNode, UndoByOutputs> {
  if (undo.kind !== "by-outputs") return undo;
  return parseActions(undo.of(((own as { outputs?: object } | undefined)?.outputs ?? {}) as never), undo.at);
}

function compileUndoAction(
  compilation: Compilation,
  action: Action,
  { id, settings, timeout: ofStep }: Undone,
  timeout: Duration | undefined,
  user: User,
): PlanUndoAction {
  const { command, run } = compileAction(compilation, action, user);
  if (run) compilation.functions.set(id, run);
  const execution = run ? "native" : "text";
  const limit = timeout ?? ofStep;
  return {
    id,
    effect: action.effect,
    execution,
    command: command as NonNullable<typeof command>,
    settings,
    ...(limit === undefined ? {} : { timeoutSeconds: limit.seconds }),
  };
}

/** What existed before an `apply` would go too. */
function refusePlainDelete(node: StepNode, undo: UndoNode): void {
  if (undo.kind !== "actions" || undo.ifCreated) return;
  const applies = node.action.kind === "kubernetes" && node.action.verb === "apply";
  const deletes = undo.actions.find((action) => action.kind === "kubernetes" && action.verb === "delete");
  if (!applies || !deletes) return;
  throw new LockstepError({
    code: "undo-plain-delete",
    message: `the undo of ${node.id} deletes what was applied, also what existed before`,
    hint: "Write undo: ifCreated(kubectl.delete(...)), which deletes only what the step itself created",
    at: deletes.at,
  });
}

/** What to write, so that the first runbook that somebody writes can be mended by pasting. */
function undoMissing({ id, action, at }: StepNode): LockstepError {
  const takesAway = action.effect === "destructive";
  const ways = [
    ...(takesAway ? [] : ['{ undo: notNeeded("why nothing needs to be undone") }']),
    `{ undo: sh\`...\` } with what ${takesAway ? "brings it back" : "reverses it"}`,
    '{ undo: irreversible("why it cannot be undone") }',
  ];
  const looks = action.kind === "shell" && !takesAway ? "; or, if it only looks, sh.read`...`" : "";
  return new LockstepError({
    code: "undo-missing",
    message: `step ${id} ${takesAway ? "takes something away" : "changes something"} and does not say how it is undone`,
    hint: `Write, after the action, ${ways.slice(0, -1).join(", ")} or ${ways.at(-1)}${looks}`,
    at,
  });
}

function notNeededDestructive(node: StepNode, reason: string): LockstepError {
  return new LockstepError({
    code: "undo-not-needed-destructive",
    message: `step ${node.id} is destructive, and its undo is "not needed" (${reason})`,
    hint: 'Write undo: irreversible("why") if it cannot be undone, or the action that brings it back',
    at: node.at,
  });
}

/** Of a section or a runbook: its steps may have created something or not, each for itself. */
function createdByMany(at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: "ifCreated(...) stands on a section or a runbook, which has no output that says what was created",
    hint: "Give it to each step that creates something",
    at,
  });
}

function emptyUndo(at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: "the undo has no action",
    hint: 'Write notNeeded("why") if there is nothing to do',
    at,
  });
}
