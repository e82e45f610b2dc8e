import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { type Environment, requireEnvironment } from "../params/environment.ts";
import type { ParamRefs, Params, ParamValue } from "../params/param.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { parseUndo, type SharedUndo, type UndoNode } from "../undo/undo.ts";
import type { Secret } from "../values/ref.ts";
import type { Block } from "./block.ts";
import { type OnFailure, type OnFailureNode, parseOnFailure } from "./on-failure.ts";
import type { Requirement, StepNode } from "./step.ts";

/** A document that a runbook follows, for "Differences from ..." at the end of its page. */
export interface Followed {
  readonly title: string;
  /** Relative to the project's root, or a URL. */
  readonly href?: string;
}

type EnvironmentValues<P extends Params> = {
  readonly [K in keyof P]?: ParamValue<P[K]> extends Secret ? never : ParamValue<P[K]>;
};

/** What a runbook is, besides its body. */
export interface RunbookOptions<P extends Params> {
  /** `[a-z][a-z0-9-]*`, unique in the project. */
  readonly id: string;
  readonly title: string;
  /** What it does and how it ends, in a sentence or two. */
  readonly summary?: string;
  readonly params?: P;
  /** The word for its sections, such as "Phase". */
  readonly sections?: string;
  readonly environments?: readonly Environment<EnvironmentValues<P>>[];
  /** What must hold before it begins. */
  readonly requires?: readonly Requirement[] | ((params: ParamRefs<P>) => readonly Requirement[]);
  readonly undo?: SharedUndo;
  readonly onFailure?: OnFailure;
  /** Ids of the runbooks that come next. */
  readonly next?: readonly string[];
  readonly follows?: Followed;
}

/** One procedure. `body` is called anew for every plan, with a ref for each parameter. */
export interface Runbook<P extends Params = Params> {
  readonly node: "runbook";
  readonly id: string;
  readonly title: string;
  readonly summary?: string;
  readonly params: P;
  readonly sections?: string;
  readonly environments: readonly Environment<object>[];
  readonly requires: (params: ParamRefs<P>) => readonly StepNode[];
  readonly undo?: UndoNode;
  readonly onFailure?: OnFailureNode;
  readonly next: readonly string[];
  readonly follows?: Followed;
  readonly body: (params: ParamRefs<P>) => readonly Block[];
  readonly at: CallSite;
}

/** A runbook whatever its parameters are. */
export type AnyRunbook = Omit<Runbook, "params" | "body" | "requires"> & {
  readonly params: Params;
  readonly body: (params: never) => readonly Block[];
  readonly requires: (params: never) => readonly StepNode[];
};

const runbookSettings = defineSettings<RunbookOptions<Params>>({
  id: "string!",
  title: "string!",
  summary: "string",
  params: "object",
  sections: "string",
  environments: "list",
  requires: "any",
  undo: "any",
  onFailure: "any",
  next: "texts",
  follows: "object",
});

const followedSettings = defineSettings<Followed>({ title: "string!", href: "string" });

/**
 * Declares a runbook.
 *
 * @example
 * export default runbook({ id: "hello", title: "Hello" }, () => [
 *   step("build", "Build", sh`make build`, { undo: notNeeded("nothing that runs is changed") }),
 * ]);
 */
export function runbook<const P extends Params = Record<never, never>>(
  options: RunbookOptions<P>,
  body: (params: ParamRefs<P>) => readonly Block[],
): Runbook<P> {
  const at = captureCallSite(runbook);
  checkSettings(runbookSettings, options as RunbookOptions<Params>, "runbook", options?.id, at);
  requireBody(options.id, body, at);
  const {
    id,
    title,
    summary,
    params = {} as P,
    sections,
    environments = [],
    requires = [],
    undo,
    onFailure,
    next = [],
    follows,
  } = options;
  if (follows !== undefined) checkSettings(followedSettings, follows, "follows of runbook", id, at);
  environments.forEach((given) => {
    requireEnvironment(given, id, at);
  });
  return Object.freeze({
    node: "runbook",
    id,
    title,
    ...(summary === undefined ? {} : { summary }),
    params,
    ...(sections === undefined ? {} : { sections }),
    environments,
    requires: typeof requires === "function" ? requires : () => requires,
    ...(undo === undefined ? {} : { undo: parseUndo(undo, at) }),
    ...(onFailure === undefined ? {} : { onFailure: parseOnFailure(onFailure, at) }),
    next,
    ...(follows === undefined ? {} : { follows }),
    body,
    at,
  });
}

function requireBody(id: string, body: unknown, at: CallSite): void {
  if (typeof body === "function") return;
  const given = Array.isArray(body) ? "the blocks themselves" : describeValue(body);
  throw new LockstepError({
    code: "bad-setting",
    message: `the body of runbook ${id} must be a function that gives its blocks, not ${given}`,
    hint: "Write runbook({ ... }, (p) => [step(...)])",
    at,
  });
}
