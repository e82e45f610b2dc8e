import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { StepNode } from "../nodes/step.ts";
import type { Duration } from "./duration.ts";

declare const refValue: unique symbol;
declare const secretValue: unique symbol;

/**
 * A value of type `T` that is known only when the runbook is compiled (a parameter) or has run (an output).
 *
 * Typed so that a template string, `===` and most of `?:`, `&&` and `if` on one do not compile: a ref is a place
 * on the page, not a value. Use it in `` sh`...` `` and `` text`...` ``, and in conditions such as `is(ref, "a")`.
 */
export type Ref<T> = symbol & (() => never) & { readonly [refValue]: T };

/** A secret parameter. It goes to a step by `env` or `stdin` only; a command, a title or the page cannot hold it. */
export type Secret = symbol & (() => never) & { readonly [secretValue]: true };

/** A value that a plan can hold. */
export type PlainValue = string | number | boolean | readonly (string | number | boolean)[];

/** A ref whose value can be written: a duration is a number of seconds. */
export type WritableRef = Ref<PlainValue> | Ref<Duration>;

/** What a ref points at. `scope` is the instance of the runbook that handed it out. */
export type RefSource =
  | { readonly from: "param"; readonly name: string; readonly scope: object }
  | { readonly from: "output"; readonly step: StepNode; readonly output: string }
  | {
      readonly from: "constant";
      readonly value: PlainValue;
      /** What a parameter of an included runbook is called there. */
      readonly said?: { readonly name: string; readonly phrase?: string };
    };

export interface RefNode {
  readonly node: "ref";
  readonly source: RefSource;
  /** Handed out by a conditional block: it may have no value. */
  readonly optional: boolean;
  readonly orElse?: RefNode;
}

export interface SecretNode {
  readonly node: "secret";
  readonly name: string;
  readonly scope: object;
}

const refs = new WeakMap<object, RefNode | SecretNode>();

/** Makes the opaque handle that authors hold for a ref or secret node. */
export function createHandle(node: RefNode | SecretNode): object {
  const refuse = (): never => {
    throw refAsText(node, captureCallSite(refuse));
  };
  const handle = Object.freeze({ [Symbol.toPrimitive]: refuse, toString: refuse, toJSON: refuse });
  refs.set(handle, Object.freeze(node));
  return handle;
}

/** The ref behind a handle, or undefined for anything else. */
export function refOf(value: unknown): RefNode | undefined {
  const node = nodeOf(value);
  return node?.node === "ref" ? node : undefined;
}

/** The secret behind a handle, or undefined for anything else. */
export function secretOf(value: unknown): SecretNode | undefined {
  const node = nodeOf(value);
  return node?.node === "secret" ? node : undefined;
}

/**
 * The value of `ref`, or `fallback` where the step that gives it did not run.
 *
 * @example
 * const found = when(p.schemaChanged, () => ({ body: [pod], outputs: { name: pod.outputs.name } }));
 * sh`echo ${orElse(found.outputs.name, "none")}`;
 */
export function orElse<T extends PlainValue>(ref: Ref<T | undefined>, fallback: NoInfer<T | Ref<T>>): Ref<T> {
  const node = refOf(ref);
  if (!node)
    throw new LockstepError({
      code: "bad-setting",
      message: "orElse takes a ref first",
      hint: "Write orElse(found.outputs.name, otherwise), with what when(condition, () => ({ body, outputs })) hands out",
      at: captureCallSite(orElse),
    });
  if (node.source.from === "param")
    throw new LockstepError({
      code: "bad-setting",
      message: `orElse is for what a step may not give, and the parameter ${node.source.name} always has a value`,
      hint: "Leave orElse out; give the parameter a default if it shall have one",
      at: captureCallSite(orElse),
    });
  return createHandle(withFallback(node, refOf(fallback) ?? constantRef(fallback as PlainValue))) as unknown as Ref<T>;
}

/** Behind the fallbacks that it has already. */
function withFallback(ref: RefNode, last: RefNode): RefNode {
  return { ...ref, optional: false, orElse: ref.orElse === undefined ? last : withFallback(ref.orElse, last) };
}

export function constantRef(value: PlainValue): RefNode {
  return { node: "ref", source: { from: "constant", value }, optional: false };
}

function nodeOf(value: unknown): RefNode | SecretNode | undefined {
  return typeof value === "object" && value !== null ? refs.get(value) : undefined;
}

function refAsText(node: RefNode | SecretNode, at: CallSite): LockstepError {
  if (node.node === "secret")
    return new LockstepError({
      code: "secret-in-text",
      message: `the secret ${node.name} was used as text`,
      hint: "Give it to the step by env or stdin",
      at,
    });
  return new LockstepError({
    code: "ref-as-text",
    message: "a value that is not known yet was used as text",
    hint: "Put it into sh`...` or text`...` directly; they keep it as a place for the value",
    at,
  });
}
