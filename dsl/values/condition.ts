import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { type PlainValue, type Ref, type RefNode, refOf } from "./ref.ts";

/** A condition as data, so that the page can say it and a resume need not evaluate it again. */
export type ConditionNode =
  | { readonly node: "condition"; readonly op: "is"; readonly ref: RefNode; readonly value: PlainValue }
  | { readonly node: "condition"; readonly op: "above" | "below"; readonly ref: RefNode; readonly bound: number }
  | { readonly node: "condition"; readonly op: "not"; readonly condition: ConditionNode }
  | { readonly node: "condition"; readonly op: "all" | "any"; readonly conditions: readonly ConditionNode[] };

/** What `when` and `repeat` take: a boolean ref, or a condition on refs. */
export type Condition = Ref<boolean> | ConditionNode;

/** Holds when `ref` has exactly this value. */
export function is<T extends string | number | boolean>(ref: Ref<T>, value: NoInfer<T>): ConditionNode {
  return Object.freeze({ node: "condition", op: "is", ref: parseRef(ref, is), value });
}

/** Holds when the number behind `ref` is greater than `bound`. */
export function above(ref: Ref<number>, bound: number): ConditionNode {
  return Object.freeze({ node: "condition", op: "above", ref: parseRef(ref, above), bound });
}

/** Holds when the number behind `ref` is less than `bound`. */
export function below(ref: Ref<number>, bound: number): ConditionNode {
  return Object.freeze({ node: "condition", op: "below", ref: parseRef(ref, below), bound });
}

/** Holds when `condition` does not. */
export function not(condition: Condition): ConditionNode {
  return Object.freeze({ node: "condition", op: "not", condition: parseCondition(condition, captureCallSite(not)) });
}

/** Holds when every one of `conditions` does. */
export function all(...conditions: readonly Condition[]): ConditionNode {
  return combine("all", conditions, captureCallSite(all));
}

/** Holds when at least one of `conditions` does. */
export function any(...conditions: readonly Condition[]): ConditionNode {
  return combine("any", conditions, captureCallSite(any));
}

/** A boolean ref stands for "it is true". */
export function parseCondition(condition: Condition, at: CallSite): ConditionNode {
  const ref = refOf(condition);
  if (ref) return Object.freeze({ node: "condition", op: "is", ref, value: true });
  if (typeof condition === "object" && condition !== null && (condition as ConditionNode).node === "condition")
    return condition as ConditionNode;
  throw new LockstepError({
    code: "ref-in-condition",
    message: "a condition must be a boolean ref or is(), not(), all(), any(), above(), below()",
    hint: "Conditions are data: a value computed by TypeScript is decided when the file is loaded, not when the runbook runs",
    at,
  });
}

function combine(op: "all" | "any", conditions: readonly Condition[], at: CallSite): ConditionNode {
  if (conditions.length === 0)
    throw new LockstepError({
      code: "bad-setting",
      message: `${op}() without a condition says nothing`,
      hint: `Give it the conditions: ${op}(p.schemaChanged, is(p.strategy, "rolling"))`,
      at,
    });
  return Object.freeze({
    node: "condition",
    op,
    conditions: conditions.map((condition) => parseCondition(condition, at)),
  });
}

function parseRef(ref: unknown, caller: (...args: never[]) => unknown): RefNode {
  const node = refOf(ref);
  if (node) return node;
  throw new LockstepError({
    code: "ref-in-condition",
    message: `${caller.name}() needs the ref of a parameter or an output first`,
    hint: `Write ${caller.name}(p.name, value), with a value that is known when the runbook runs`,
    at: captureCallSite(caller),
  });
}
