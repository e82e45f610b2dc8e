import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { checkSettings, defineSettings } from "../settings/check-settings.ts";
import { describeValue } from "../settings/describe-value.ts";

/** A named set of parameter values, with the facts of the environment for the index page. */
export interface Environment<V extends object = Readonly<Record<string, unknown>>> {
  readonly id: string;
  readonly title: string;
  /** Values for the parameters of these names, in every runbook that lists the environment. */
  readonly values: V;
  /** What a reader should know of it, such as `{ Replicas: "3+ (auto-scaling)" }`. */
  readonly facts: Readonly<Record<string, string>>;
}

const environmentSettings = defineSettings<{
  readonly values: object;
  readonly facts?: Readonly<Record<string, string>>;
}>({ values: "object!", facts: "object" });

/**
 * Declares an environment.
 *
 * @example
 * export const staging = environment("staging", "Staging", { values: { namespace: "rlhf-staging", replicas: 2 }, facts: { Replicas: "2" } });
 */
export function environment<const V extends object>(
  id: string,
  title: string,
  given: { readonly values: V; readonly facts?: Readonly<Record<string, string>> },
): Environment<V> {
  const at = captureCallSite(environment);
  if (typeof id !== "string" || typeof title !== "string") throw noHeading(at);
  checkSettings(environmentSettings, given, "environment", id, at);
  const { values, facts = {} } = given;
  return Object.freeze({ id, title, values, facts });
}

/**
 * What a runbook lists must be environments.
 *
 * @throws LockstepError `bad-setting`
 */
export function requireEnvironment(given: unknown, runbook: string, at: CallSite): void {
  const { id, values } = (given ?? {}) as Partial<Environment<object>>;
  if (typeof id === "string" && typeof values === "object") return;
  throw new LockstepError({
    code: "bad-setting",
    message: `environments of runbook ${runbook} hold ${describeValue(given)}, which is no environment`,
    hint: 'Write environments: [environment("staging", "Staging", { values: { replicas: 2 } })]',
    at,
  });
}

function noHeading(at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: "an environment begins with its id and its title",
    hint: 'Write environment("staging", "Staging", { values: { replicas: 2 } })',
    at,
  });
}
