import type { Action, AnyAction, ShellLikeAction } from "../actions/action.ts";
import { type Expect, type ExpectNode, parseExpect } from "../actions/expect.ts";
import type { NoOutputs, Output, Outputs } from "../actions/output.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";
import { requireAction, requireRead } from "../settings/require-action.ts";
import { requireHeading } from "../settings/require-heading.ts";
import { parseUndo, type Undo, type UndoNode } from "../undo/undo.ts";
import type { Duration } from "../values/duration.ts";
import { createKnownNames } from "../values/known-names.ts";
import { createHandle, type Ref } from "../values/ref.ts";
import type { Text } from "../values/text.ts";
import { type OnFailure, type OnFailureNode, parseOnFailure } from "./on-failure.ts";
import type { QuotedNode } from "./prose.ts";
import { refuseOwnStreams } from "./refuse-own-streams.ts";
import { refuseUncaptured } from "./refuse-uncaptured.ts";
import { requireOutputs } from "./require-outputs.ts";
import type { EnvValue, Settings } from "./settings.ts";
import { backgroundSettings, probeSettings, retrySettings, stepSettings } from "./step-settings.ts";

/** How often a failed attempt is made again. */
export interface Retry {
  /** Attempts in all. */
  readonly attempts: number;
  /** Pause before the second attempt. */
  readonly every: Duration;
  /** The pause grows by this factor each time (1: it does not). */
  readonly backoff?: number;
}

/** What shows that a background step is ready: a text or pattern of its output, or a read that succeeds. */
export type Ready = string | RegExp | ShellLikeAction<"read">;

export interface StepNode {
  readonly block: "step";
  readonly id: string;
  readonly title: Text;
  readonly action: AnyAction;
  readonly settings: Settings;
  readonly declared: Outputs;
  readonly expect: readonly ExpectNode[];
  readonly undo?: UndoNode;
  readonly probe?: { readonly action: ShellLikeAction<"read">; readonly expect: readonly ExpectNode[] };
  readonly retry?: Retry;
  readonly timeout?: Duration;
  readonly deadline?: Duration;
  readonly onFailure?: OnFailureNode;
  readonly background?: { readonly ready: Ready };
  readonly after: readonly string[];
  readonly stdin?: EnvValue;
  readonly interruptible: boolean;
  readonly sensitive: boolean;
  readonly terminal: boolean;
  readonly added: boolean;
  readonly corrects: readonly QuotedNode[];
  readonly at: CallSite;
}

/** A placed unit that runs, is journaled, resumed and undone, with refs to what it gives. */
export type Step<O extends Outputs = Outputs, A extends AnyAction = AnyAction> = StepNode & {
  readonly outputs: RefsOf<O>;
  readonly action: A;
};

/** A step that only looks: what `requires` takes. */
export type Requirement = StepNode & { readonly action: { readonly effect: "read" } };

/** A ref for each declared output. */
export type RefsOf<O extends Outputs> = {
  readonly [K in keyof O]: O[K] extends Output<infer T> ? Ref<T> : never;
};

/** What stands around every unit that a runner can execute. */
export interface CommonOptions {
  readonly onFailure?: OnFailure;
  /** How long it may take; then its process group is ended. */
  readonly timeout?: Duration;
  /** It was added against the document that the runbook follows. */
  readonly added?: boolean;
  /** In a `parallel`: ids of the steps that must be done first. */
  readonly after?: readonly string[];
}

/** A probe whose exit code alone does not tell. */
export interface ProbeOptions {
  readonly action: ShellLikeAction<"read">;
  readonly expect: Expect;
}

/** What belongs to a step, besides its action. */
export interface StepOptions<O extends Outputs = Outputs> extends CommonOptions, Settings {
  readonly outputs?: O;
  readonly expect?: Expect;
  readonly undo?: Undo<RefsOf<O>>;
  /**
   * A read that succeeds (and shows what is expected) when the step's effect is already there. That it is missing is told
   * by exit code 0 without what is expected; where nothing is expected, by exit code 1. All else asks a person.
   */
  readonly probe?: ShellLikeAction<"read"> | ProbeOptions;
  readonly retry?: Retry;
  readonly stdin?: EnvValue;
  /** A running write may be ended midway when a guard trips. */
  readonly interruptible?: boolean;
  /** Its output is shown, never kept. */
  readonly sensitive?: boolean;
  /** It needs a person's terminal: an editor, a password prompt. */
  readonly terminal?: boolean;
  /** The original line that this step's command replaces. */
  readonly corrects?: QuotedNode | readonly QuotedNode[];
}

/** What belongs to a background step: what shows that it is ready, and not what it gives or must show at its end. */
export interface BackgroundOptions extends Omit<StepOptions<NoOutputs>, "outputs" | "expect"> {
  readonly ready: Ready;
}

/**
 * A step: an id that survives renumbering, a title in the imperative, an action, and what belongs to it.
 *
 * @example
 * step("build", "Build", sh`make build`, { undo: notNeeded("nothing that runs is changed") });
 */
export function step<A extends Action, const O extends Outputs = NoOutputs>(
  id: string,
  title: Text,
  action: A,
  options: StepOptions<O> = {},
): Step<O, A> {
  const at = captureCallSite(step);
  requireHeading("step", id, title, at);
  requireAction("step", id, action, at);
  checkSettings(stepSettings, options as StepOptions, "step", id, at);
  return createStep(id, title, action, options, at);
}

/**
 * A step that runs beside the next ones until the end of its section. The next step waits until it is ready.
 *
 * @example
 * background("forward", "Forward port 8080", kubectl.portForward({ ... }), { ready: "Forwarding from 127.0.0.1:8080" });
 */
export function background<A extends ShellLikeAction>(
  id: string,
  title: Text,
  action: A,
  options: BackgroundOptions,
): Step<NoOutputs, A> {
  const at = captureCallSite(background);
  requireHeading("background", id, title, at);
  requireAction("background", id, action, at);
  checkSettings(backgroundSettings, options, "background step", id, at);
  const { ready, ...rest } = options;
  return createStep(id, title, action, rest, at, { ready });
}

/** Every unit that runs becomes a step node here, whatever its action. */
export function createStep<const O extends Outputs, A extends AnyAction>(
  id: string,
  title: Text,
  action: A,
  options: StepOptions<O> & { readonly deadline?: Duration },
  at: CallSite,
  background?: { readonly ready: Ready },
): Step<O, A> {
  const { undo, probe, outputs: declared = {} as O, expect, onFailure, corrects, cwd, env, retry } = options;
  if (retry !== undefined) checkSettings(retrySettings, retry, "the retry of step", id, at);
  requireOutputs(declared, id, action.kind === "manual", at);
  const node: StepNode & { outputs: RefsOf<O>; readonly action: A } = {
    block: "step",
    id,
    title,
    action,
    settings: { ...(cwd === undefined ? {} : { cwd }), ...(env === undefined ? {} : { env }) },
    declared,
    expect: parseExpect(expect, at),
    ...(undo === undefined ? {} : { undo: parseUndo(undo as Undo, at) }),
    ...(probe === undefined ? {} : { probe: parseProbe(probe, id, at) }),
    ...pick(options, ["retry", "timeout", "deadline", "stdin"]),
    ...(onFailure === undefined ? {} : { onFailure: parseOnFailure(onFailure, at) }),
    ...(background === undefined ? {} : { background }),
    after: options.after ?? [],
    interruptible: options.interruptible ?? false,
    sensitive: options.sensitive ?? false,
    terminal: options.terminal ?? false,
    added: options.added ?? false,
    corrects: parseCorrected(corrects, id, at),
    outputs: {} as RefsOf<O>,
    at,
  };
  refuseOwnStreams(node, at);
  refuseUncaptured(node, at);
  node.outputs = refsOf(node, declared);
  return Object.freeze(node);
}

function refsOf<O extends Outputs>(node: StepNode, declared: O): RefsOf<O> {
  const refs = Object.keys(declared).map((name) => [
    name,
    createHandle({ node: "ref", source: { from: "output", step: node, output: name }, optional: false }),
  ]);
  return createKnownNames(Object.fromEntries(refs) as RefsOf<O>, (name, known, at) => noOutput(node, name, known, at));
}

function noOutput({ id }: StepNode, name: string, known: readonly string[], at: CallSite): LockstepError {
  const declare = `Declare it: step("${id}", ..., { outputs: { ${name}: output.text() } })`;
  return new LockstepError({
    code: "unknown-output",
    message: `step ${id} gives no ${name}`,
    hint: didYouMean(name, known, known.length === 0 ? declare : `It gives ${known.join(", ")}`),
    at,
  });
}

function parseProbe(probe: unknown, id: string, at: CallSite): NonNullable<StepNode["probe"]> {
  const owner = `the probe of step ${id}`;
  if (describeValue(probe) !== "an object") {
    requireRead(owner, probe, at);
    return { action: probe as ShellLikeAction<"read">, expect: [] };
  }
  checkSettings(probeSettings, probe as ProbeOptions, "the probe of step", id, at);
  const { action, expect } = probe as ProbeOptions;
  requireRead(owner, action, at);
  return { action, expect: parseExpect(expect, at) };
}

function parseCorrected(corrects: StepOptions["corrects"], id: string, at: CallSite): readonly QuotedNode[] {
  const lines = corrects === undefined ? [] : [corrects as QuotedNode | readonly QuotedNode[]].flat();
  for (const line of lines)
    if (line?.block !== "quoted")
      throw new LockstepError({
        code: "bad-setting",
        message: `corrects of step ${id} must be a quoted line, not ${describeValue(line)}`,
        hint: 'Write corrects: quoted("the original line", "why it was corrected")',
        at,
      });
  return lines;
}

function pick<T extends object, K extends keyof T>(
  from: T,
  keys: readonly K[],
): { [P in K]?: Exclude<T[P], undefined> } {
  return Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]])) as never;
}
