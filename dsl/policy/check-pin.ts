import type { AnyAction } from "../actions/action.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import type { Compilation } from "../plan/compilation.ts";
import { compileOperand, type User } from "../plan/compile-values.ts";
import { resolveOperand } from "../plan/resolve-operand.ts";
import { constantRef, type RefNode, refOf } from "../values/ref.ts";
import { pinWords } from "./policy-words.ts";

/**
 * A step of Kubernetes names no other target than the one that its environment is pinned to.
 *
 * @param what Whose action it is: "step deploy", "the undo of deploy".
 * @throws LockstepError `cluster-pinned`
 */
export function checkPin(compilation: Compilation, action: AnyAction, what: string, user: User): void {
  const pin = compilation.environment?.policy?.cluster;
  if (!pin || action.kind !== "kubernetes") return;
  for (const name of ["namespace", "context"] as const) {
    const [wanted, given] = [pin[name], action[name]];
    if (wanted === undefined || given === undefined) continue;
    const operand = compileOperand(compilation, (refOf(given) as RefNode | undefined) ?? constantRef(given as string), {
      ...user,
      at: action.at,
    });
    const resolved = resolveOperand(operand, compilation.scope);
    if (resolved.kind === "known" && resolved.value === wanted) continue;
    // a parameter that has no value yet is judged when it has one: no run begins without
    if (resolved.kind === "unknown" && "param" in operand) continue;
    const where =
      resolved.kind === "known"
        ? `${name} ${String(resolved.value)}`
        : `the ${name} that ${"step" in operand ? operand.step : "another step"} gives, which nobody can know before`;
    throw new LockstepError({
      code: "cluster-pinned",
      message: `${what} acts in ${where}; the policy of ${compilation.environment?.id} allows Kubernetes only ${pinWords(pin)}`,
      hint:
        "param" in operand
          ? `Give ${operand.placeholder.slice(1, -1)} the value ${wanted}, or run it in another environment`
          : `Write ${name}: "${wanted}", or give it by a parameter of the environment`,
      at: action.at,
    });
  }
}
