import type { AnyRunbook, PlainValue } from "lockstep";
import * as shipped from "lockstep/runbooks/rlhf-audit-trail";

/** Every runbook of the package. */
export const runbooks: readonly AnyRunbook[] = Object.values(shipped).filter(
  (value): value is Extract<typeof value, AnyRunbook> => "node" in value && value.node === "runbook",
);

/** Values for the parameters that have an example, as a user would give them. */
export function exampleValues(runbook: AnyRunbook): Readonly<Record<string, PlainValue>> {
  const entries = Object.entries(runbook.params).map(([name, declaration]) => [
    name,
    "example" in declaration ? declaration.example : undefined,
  ]);
  return Object.fromEntries(entries.filter(([, example]) => example !== undefined));
}
