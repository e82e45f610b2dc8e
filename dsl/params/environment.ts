import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import { type Policy, parsePolicy } from "../policy/policy.ts";
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
  /** What it forbids. */
  readonly policy?: Policy;
}

const environmentSettings = defineSettings<{
  readonly values?: object;
  readonly facts?: Readonly<Record<string, string>>;
  readonly policy?: Policy;
}>({ values: "object", facts: "object", policy: "object" });

/**
 * Declares an environment.
 *
 * @example
 * export const staging = environment("staging", "Staging", { values: { namespace: "rlhf-staging", replicas: 2 }, facts: { Replicas: "2" } });
 * export const production = environment("production", "Production", {
 *   values: { namespace: "rlhf-production" },
 *   policy: {
 *     approval: "before-writes",
 *     unattended: false,
 *     cluster: { context: "prod-eu", server: "https://10.0.0.1:6443", namespace: "rlhf-production" },
 *     destructive: { days: ["monday", "tuesday"], from: "22:00", to: "06:00", timeZone: "Europe/Berlin" },
 *   },
 * });
 */
export function environment<const V extends object = Record<never, never>>(
  id: string,
  title: string,
  given: { readonly values?: V; readonly facts?: Readonly<Record<string, string>>; readonly policy?: Policy },
): Environment<V> {
  const at = captureCallSite(environment);
  if (typeof id !== "string" || typeof title !== "string") throw noHeading(at);
  checkSettings(environmentSettings, given, "environment", id, at);
  const { values = {} as V, facts = {}, policy } = given;
  return Object.freeze({
    id,
    title,
    values,
    facts,
    ...(policy === undefined ? {} : { policy: parsePolicy(policy, id, at) }),
  });
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
