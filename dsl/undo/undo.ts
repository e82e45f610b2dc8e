import type { Action } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { Text } from "../values/text.ts";

export interface UndoActions<O = never> {
  readonly node: "undo";
  readonly kind: "actions";
  readonly title?: Text;
  readonly actions: readonly Action[] | ((outputs: O) => Action | readonly Action[]);
  /** May run twice, or after half of the step. */
  readonly idempotent: boolean;
  /** Reverses only what the step itself brought about: what its output says was created. */
  readonly ifCreated?: { readonly pattern: string };
  readonly at: CallSite;
}
export interface UndoNotNeeded {
  readonly node: "undo";
  readonly kind: "not-needed";
  readonly reason: string;
  readonly at: CallSite;
}
export interface UndoIrreversible {
  readonly node: "undo";
  readonly kind: "irreversible";
  readonly reason: string;
  /** What to do instead, once it has run: the id of a runbook, with parameters. */
  readonly instead?: InsteadOf;
  readonly at: CallSite;
}
export interface InsteadOf {
  readonly runbook: string;
  readonly title: string;
  readonly params?: Readonly<Record<string, string>>;
}

export type UndoNode<O = never> = UndoActions<O> | UndoNotNeeded | UndoIrreversible;

/** What the `undo` setting takes: an action, several, a function of the step's outputs, or one of the words below. */
export type Undo<O = never> = Action | readonly Action[] | ((outputs: O) => Action | readonly Action[]) | UndoNode<O>;

/** An undo with a title of its own for the page, or one that may run twice. */
export function undoBy<O = unknown>(
  title: Text,
  actions: Action | readonly Action[] | ((outputs: O) => Action | readonly Action[]),
  { idempotent = false }: { readonly idempotent?: boolean } = {},
): UndoActions<O> {
  return create(actions, { title, idempotent, at: captureCallSite(undoBy) });
}

/**
 * Reverses only what the step itself created; what existed before stays. A step created something when its output
 * says so: a line that ends in " created", as kubectl prints it, unless `says` is given.
 *
 * @example
 * undo: ifCreated(kubectl.delete({ file, ignoreNotFound: true }), { title: "Delete the green application" })
 */
export function ifCreated<O = unknown>(
  actions: Action | readonly Action[],
  { title, says = / created$/m }: { readonly title?: Text; readonly says?: RegExp } = {},
): UndoActions<O> {
  const undo = create<O>(actions, {
    ...(title === undefined ? {} : { title }),
    idempotent: true,
    at: captureCallSite(ifCreated),
  });
  return Object.freeze({ ...undo, ifCreated: { pattern: says.source } });
}

/** No undo is needed, because of `reason`: it stands on the page under "Left in place". */
export function notNeeded(reason: string): UndoNotNeeded {
  return Object.freeze({
    node: "undo",
    kind: "not-needed",
    reason: requireReason(reason, notNeeded),
    at: captureCallSite(notNeeded),
  });
}

/** It cannot be undone, because of `reason`: the page and the run say so before the step. */
export function irreversible(reason: string, { instead }: { readonly instead?: InsteadOf } = {}): UndoIrreversible {
  return Object.freeze({
    node: "undo",
    kind: "irreversible",
    reason: requireReason(reason, irreversible),
    ...(instead === undefined ? {} : { instead }),
    at: captureCallSite(irreversible),
  });
}

/** Loose forms of an undo become a node here. */
export function parseUndo<O>(undo: Undo<O>, at: CallSite): UndoNode<O> {
  if (typeof undo === "function") return create(undo, { idempotent: false, at });
  if (Array.isArray(undo)) return create(undo as readonly Action[], { idempotent: false, at });
  const node = undo as Action | UndoNode<O>;
  if (node?.node === "undo") return node;
  if (node?.node === "action") return create(node, { idempotent: false, at });
  throw new LockstepError({
    code: "bad-setting",
    message:
      "undo must be an action, a list of actions, a function of the step's outputs, ifCreated, notNeeded or irreversible",
    hint: 'write undo: sh`...`, or undo: notNeeded("the reason")',
    at,
  });
}

function create<O>(
  actions: Action | readonly Action[] | ((outputs: O) => Action | readonly Action[]),
  options: { readonly title?: Text; readonly idempotent: boolean; readonly at: CallSite },
): UndoActions<O> {
  const list = typeof actions === "function" || Array.isArray(actions) ? actions : [actions as Action];
  return Object.freeze({ node: "undo", kind: "actions", actions: list as UndoActions<O>["actions"], ...options });
}

function requireReason(reason: string, caller: (...args: never[]) => unknown): string {
  if (typeof reason === "string" && reason.trim() !== "") return reason;
  throw new LockstepError({
    code: "bad-setting",
    message: "an undo that is left out needs a reason",
    hint: `write the reason: ${caller.name}("an empty namespace does no harm")`,
    at: captureCallSite(caller),
  });
}
