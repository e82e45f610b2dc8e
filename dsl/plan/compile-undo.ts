import type { Action } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import type { StepNode } from "../nodes/step.ts";
import type { UndoActions, UndoNode } from "../undo/undo.ts";
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
  if (!node.undo && around.undo && nearest.kind === "actions") return { kind: "covered", by: around.undo.owner };
  refusePlainDelete(node, nearest);
  return compileUndo(compilation, nearest, { id, title: { text: `undo ${id}` }, settings }, { ...user, own: node });
}

/** An undo as it stands; `of` is the step, or `section:<id>`, or `runbook`. */
export function compileUndo(
  compilation: Compilation,
  undo: UndoNode<never>,
  of: { readonly id: string; readonly title: PlanText; readonly settings: PlanSettings },
  user: User,
): PlanUndo {
  if (undo.kind === "not-needed") return { kind: "not-needed", reason: undo.reason };
  if (undo.kind === "irreversible") {
    const { reason, instead } = undo;
    if (!instead) return { kind: "irreversible", reason };
    return { kind: "irreversible", reason, instead: { ...instead, params: instead.params ?? {} } };
  }
  const actions = actionsOf(undo, user.own);
  if (actions.length === 0) throw emptyUndo(undo.at);
  return {
    kind: "actions",
    title: undo.title === undefined ? of.title : compileText(compilation, undo.title, user),
    actions: actions.map((action, index) =>
      compileUndoAction(compilation, action, `undo:${of.id}.${index + 1}`, of.settings, user),
    ),
    idempotent: undo.idempotent,
    ...(undo.ifCreated === undefined ? {} : { ifCreated: undo.ifCreated }),
  };
}

function actionsOf(undo: UndoActions<never>, own: StepNode | undefined): readonly Action[] {
  if (typeof undo.actions !== "function") return undo.actions;
  const outputs = (own as { outputs?: never } | undefined)?.outputs ?? ({} as never);
  const made = undo.actions(outputs);
  return Array.isArray(made) ? made : [made as Action];
}

function compileUndoAction(
  compilation: Compilation,
  action: Action,
  id: string,
  settings: PlanSettings,
  user: User,
): PlanUndoAction {
  const { command, run } = compileAction(compilation, action, user);
  if (run) compilation.functions.set(id, run);
  return { id, effect: action.effect, command: command as NonNullable<typeof command>, settings };
}

/** What existed before an `apply` would go too. */
function refusePlainDelete(node: StepNode, undo: UndoNode<never>): void {
  if (undo.kind !== "actions" || undo.ifCreated || typeof undo.actions === "function") return;
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

function undoMissing(node: StepNode): LockstepError {
  const effect = node.action.effect === "destructive" ? "takes something away" : "changes something";
  const ways = [
    "undo: sh`...` (what reverses it)",
    node.action.effect === "destructive" ? "" : 'undo: notNeeded("why nothing needs to be undone")',
    'undo: irreversible("why it cannot be undone")',
  ].filter((way) => way !== "");
  const read =
    node.action.kind === "shell" && node.action.effect === "write" ? "; or, if it only looks, sh.read`...`" : "";
  return new LockstepError({
    code: "undo-missing",
    message: `step ${node.id} ${effect} and does not say how it is undone`,
    hint: `Write, as the last argument, one of { ${ways.join(" }, { ")} }${read}`,
    at: node.at,
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

function emptyUndo(at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: "the undo has no action",
    hint: 'Write notNeeded("why") if there is nothing to do',
    at,
  });
}
