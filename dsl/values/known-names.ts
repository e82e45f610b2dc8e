import type { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";

/**
 * An object that refuses a name that it does not have: it would be `undefined`, and show itself far away from the
 * place where it was mistyped.
 */
export function createKnownNames<T extends object>(
  values: T,
  refuse: (name: string, known: readonly string[], at: CallSite) => LockstepError,
): T {
  const get = (target: T, name: string | symbol): unknown => {
    if (typeof name === "symbol" || Object.hasOwn(target, name)) return Reflect.get(target, name);
    // what the language itself looks for, when it makes text or JSON of an object or waits for it
    if (name in Object.prototype || name === "toJSON" || name === "then") return Reflect.get(target, name);
    throw refuse(name, Object.keys(target), captureCallSite(get));
  };
  return new Proxy(Object.freeze(values), { get });
}
