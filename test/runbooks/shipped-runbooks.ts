import type { AnyRunbook, PlainValue } from "lockstep";
import * as shipped from "lockstep/runbooks/rlhf-audit-trail";

/** Every runbook of the package. */
export const runbooks: readonly AnyRunbook[] = Object.values(shipped).filter(
  (value): value is Extract<typeof value, AnyRunbook> => "node" in value && value.node === "runbook",
);

type Values = Readonly<Record<string, PlainValue>>;

/** Nothing given, all examples, and every choice of every parameter that has choices. */
export function valueSets(runbook: AnyRunbook): readonly Values[] {
  const choices = Object.entries(runbook.params).flatMap(([name, declaration]): Values[] => {
    if (declaration.type === "boolean") return [{ [name]: true }, { [name]: false }];
    return declaration.type === "oneOf" ? declaration.choices.map((choice) => ({ [name]: choice })) : [];
  });
  return [{}, exampleValues(runbook), ...choices];
}

/** Values for the parameters that have an example, as a user would give them. */
export function exampleValues(runbook: AnyRunbook): Values {
  const entries = Object.entries(runbook.params).map(([name, declaration]) => [
    name,
    "example" in declaration ? declaration.example : undefined,
  ]);
  return Object.fromEntries(entries.filter(([, example]) => example !== undefined));
}
