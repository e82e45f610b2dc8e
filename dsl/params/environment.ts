/** A named set of parameter values, with the facts of the environment for the index page. */
export interface Environment<V extends object = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly title: string;
  /** Values for the parameters of these names, in every runbook that lists the environment. */
  readonly values: V;
  /** What a reader should know of it, such as `{ Replicas: "3+ (auto-scaling)" }`. */
  readonly facts: Readonly<Record<string, string>>;
}

/**
 * Declares an environment.
 *
 * @example
 * export const staging = environment("staging", "Staging", { values: { namespace: "rlhf-staging", replicas: 2 }, facts: { Replicas: "2" } });
 */
export function environment<const V extends object>(
  id: string,
  title: string,
  { values, facts = {} }: { readonly values: V; readonly facts?: Readonly<Record<string, string>> },
): Environment<V> {
  return Object.freeze({ id, title, values, facts });
}
