import { LockstepError } from "../errors/lockstep-error.ts";
import { type CallSite, captureCallSite } from "../errors/source-position.ts";
import type { OptionalParams, ParamArguments, Params } from "../params/param.ts";
import { describeValue } from "../settings/describe-value.ts";
import type { AnyRunbook, Runbook } from "./runbook.ts";

/** Another runbook, placed here; its ids are prefixed. A level of the numbering. */
export interface IncludeNode {
  readonly block: "include";
  readonly id: string;
  readonly runbook: AnyRunbook;
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly at: CallSite;
}

type Required<P extends Params> = Exclude<keyof P, OptionalParams<P>>;
type Arguments<P extends Params> = ParamArguments<P> & {
  readonly [K in Required<P>]-?: NonNullable<ParamArguments<P>[K]>;
};

/**
 * Includes another runbook with values for its parameters; a missing or mistyped one does not compile.
 *
 * @example
 * include("verify", productionVerification, { host: p.host });
 */
export function include<P extends Params>(
  id: string,
  other: Runbook<P>,
  ...[values]: keyof P extends never
    ? [values?: Record<never, never>]
    : Required<P> extends never
      ? [values?: ParamArguments<P>]
      : [values: Arguments<P>]
): IncludeNode {
  const at = captureCallSite(include);
  if ((other as Partial<AnyRunbook> | undefined | null)?.node !== "runbook") throw noRunbook(id, other, at);
  return Object.freeze({
    block: "include",
    id,
    runbook: other as unknown as AnyRunbook,
    arguments: (values ?? {}) as Readonly<Record<string, unknown>>,
    at,
  });
}

function noRunbook(id: unknown, given: unknown, at: CallSite): LockstepError {
  return new LockstepError({
    code: "bad-setting",
    message: `include ${describeValue(id)} must be given a runbook, not ${describeValue(given)}`,
    hint: 'Write include("verify", verification), with the default export of another *.runbook.ts',
    at,
  });
}
