import type { Action } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { settingKinds } from "../settings/setting-kinds.ts";
import type { Duration } from "../values/duration.ts";
import type { Text } from "../values/text.ts";

/** What a line of a step's output says that names something which the step created: a regular expression. */
export interface CreatedPattern {
  readonly pattern: string;
  readonly flags: string;
}

export interface UndoActions {
  readonly node: "undo";
  readonly kind: "actions";
  readonly title?: Text;
  readonly actions: readonly Action[];
  /** May run twice, or after half of the step. */
  readonly idempotent: boolean;
  /** Of each of its actions; the step's own unless given. */
  readonly timeout?: Duration;
  /** Reverses only what the step itself brought about: what its output says was created. */
  readonly ifCreated?: CreatedPattern;
  readonly at: CallSite;
}
/** What is undone depends on what the step gave. */
export interface UndoByOutputs {
  readonly node: "undo";
  readonly kind: "by-outputs";
  readonly of: (outputs: never) => Action | readonly Action[] | UndoActions;
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

export type UndoNode = UndoActions | UndoByOutputs | UndoNotNeeded | UndoIrreversible;

/** What the `undo` of a section or a runbook takes: an action, several, or one of the words below. */
export type SharedUndo = Action | readonly Action[] | UndoActions | UndoNotNeeded | UndoIrreversible;

/** What the `undo` of a step takes: an action, several, one of the words below, or a function of the step's outputs. */
export type Undo<O = never> = SharedUndo | ((outputs: O) => Action | readonly Action[] | UndoActions);

/** What an undo with a title may say besides. */
export interface UndoOptions {
  /** It may run twice, or after half of the step. */
  readonly idempotent?: boolean;
  /** How long each of its actions may take; that of its step unless given. */
  readonly timeout?: Duration;
}

interface IfCreatedOptions extends Omit<UndoOptions, "idempotent"> {
  readonly title?: Text;
  readonly says?: RegExp;
}

const undoSettings = defineSettings<UndoOptions>({ idempotent: "boolean", timeout: "duration" });
const ifCreatedSettings = defineSettings<IfCreatedOptions>({ title: "text", says: "pattern", timeout: "duration" });
const irreversibleSettings = defineSettings<{ readonly instead?: InsteadOf }>({ instead: "object" });
const insteadSettings = defineSettings<InsteadOf>({ runbook: "string!", title: "string!", params: "object" });

/**
 * An undo with a title of its own for the page, or one that may run twice.
 *
 * @example
 * undo: undoBy("Migrate back", sh`./migrate down`, { idempotent: true })
 * undo: ({ revision }) => undoBy("Go back to the revision before", sh`./deploy ${revision}`)
 */
export function undoBy(title: Text, actions: Action | readonly Action[], options: UndoOptions = {}): UndoActions {
  const at = captureCallSite(undoBy);
  if (!settingKinds.text.fits(title)) throw untitledUndo(title, at);
  checkSettings(undoSettings, options, "undoBy", undefined, at);
  const { idempotent = false, timeout } = options;
  return createActions(actions, { title, idempotent, ...(timeout === undefined ? {} : { timeout }), at });
}

/**
 * Reverses only what the step itself created; what existed before stays. A step created something when its output
 * says so: a line that ends in " created", as kubectl prints it, unless `says` is given.
 *
 * @example
 * undo: ifCreated(kubectl.delete({ file, ignoreNotFound: true }), { title: "Delete the green application" })
 */
export function ifCreated(actions: Action | readonly Action[], options: IfCreatedOptions = {}): UndoActions {
  const at = captureCallSite(ifCreated);
  checkSettings(ifCreatedSettings, options, "ifCreated", undefined, at);
  const { title, timeout, says = / created$/m } = options;
  const undo = createActions(actions, {
    ...(title === undefined ? {} : { title }),
    ...(timeout === undefined ? {} : { timeout }),
    idempotent: true,
    at,
  });
  // g and y would make each match depend on the one before
  return Object.freeze({ ...undo, ifCreated: { pattern: says.source, flags: says.flags.replace(/[gy]/g, "") } });
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
export function irreversible(reason: string, options: { readonly instead?: InsteadOf } = {}): UndoIrreversible {
  const at = captureCallSite(irreversible);
  requireReason(reason, irreversible);
  checkSettings(irreversibleSettings, options, "irreversible", undefined, at);
  const { instead } = options;
  if (instead !== undefined) checkSettings(insteadSettings, instead, "instead of irreversible", undefined, at);
  return Object.freeze({
    node: "undo",
    kind: "irreversible",
    reason,
    ...(instead === undefined ? {} : { instead }),
    at,
  });
}

/** Loose forms of an undo become a node here. */
export function parseUndo(undo: Undo, at: CallSite): UndoNode {
  if (typeof undo === "function") return Object.freeze({ node: "undo", kind: "by-outputs", of: undo, at });
  return parseActions(undo, at);
}

/** The undo that a function of the step's outputs made. */
export function parseActions(
  undo: Exclude<Undo, (outputs: never) => unknown>,
  at: CallSite,
): Exclude<UndoNode, UndoByOutputs> {
  if (Array.isArray(undo) && undo.every((action: Action) => action?.node === "action"))
    return createActions(undo as readonly Action[], { idempotent: false, at });
  const node = undo as Action | Exclude<UndoNode, UndoByOutputs>;
  if (node?.node === "undo") return node;
  if (node?.node === "action") return createActions(node, { idempotent: false, at });
  throw new LockstepError({
    code: "bad-setting",
    message:
      "undo must be an action, a list of actions, a function of the step's outputs, ifCreated, notNeeded or irreversible",
    hint: 'Write undo: sh`...`, or undo: notNeeded("the reason")',
    at,
  });
}

function createActions(
  actions: Action | readonly Action[],
  options: Pick<UndoActions, "title" | "idempotent" | "timeout" | "at">,
): UndoActions {
  const list = Array.isArray(actions) ? (actions as readonly Action[]) : [actions as Action];
  for (const action of list) if (action?.node !== "action") throw noUndoAction(action, options.at);
  return Object.freeze({ node: "undo", kind: "actions", actions: list, ...options });
}

function requireReason(reason: string, caller: (...args: never[]) => unknown): string {
  if (typeof reason === "string" && reason.trim() !== "") return reason;
  throw new LockstepError({
    code: "bad-setting",
    message: "an undo that is left out needs a reason",
    hint: `Write the reason: ${caller.name}("an empty namespace does no harm")`,
    at: captureCallSite(caller),
  });
}

function untitledUndo(given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "empty-title",
    message: `undoBy begins with the title of the undo, not with ${describeValue(given)}`,
    hint: 'Write undoBy("Migrate back", sh`./migrate down`); without a title, undo: sh`./migrate down` is enough',
    at,
  });
}

function noUndoAction(given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `an undo takes actions, not ${describeValue(given)}`,
    hint: typeof given === "string" ? `Write sh\`${given}\`` : "Write sh`...`, or a list of them",
    at,
  });
}
