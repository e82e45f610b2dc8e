import type { Output } from "../actions/output.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import type { CallSite } from "../errors/source-position.ts";
import { describeValue } from "../settings/describe-value.ts";

/**
 * What a step gives is declared by `output`, and what a person is asked for by `ask`.
 *
 * @throws LockstepError `bad-setting`
 */
export function requireOutputs(declared: object, id: string, isManual: boolean, at: CallSite): void {
  for (const [name, output] of Object.entries(declared) as [string, Partial<Output<unknown>> | undefined | null][]) {
    const kind = output?.capture?.kind;
    if (kind !== undefined && (kind === "answer") === isManual) continue;
    const given = kind === undefined ? describeValue(output) : isManual ? "made by output" : "made by ask";
    throw new LockstepError({
      code: "bad-setting",
      message: `${isManual ? "what" : "the output"} ${name} of step ${id} ${isManual ? "asks must be made by ask" : "must be made by output"}, not ${given}`,
      hint: isManual
        ? `Write asks: { ${name}: ask.line("What is wanted") }`
        : `Write outputs: { ${name}: output.text() }${kind === "answer" ? "; a person is asked by manual(...)" : ""}`,
      at,
    });
  }
}
