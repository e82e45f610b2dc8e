import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { PlanParameter } from "../plan/plan.ts";
import type { PlainValue } from "../values/ref.ts";
import { flagOf } from "./parameter-flag.ts";
import { parseParameter } from "./parse-parameter.ts";

/** Values by name, as typed by a user or as values of TypeScript. */
export type GivenValues = Readonly<Record<string, unknown>>;

/** The parameters of a runbook with their values: default, then environment, then given; the later wins. */
export function resolveParameters(
  runbook: AnyRunbook,
  given: GivenValues,
  environment: string | undefined,
): readonly Omit<PlanParameter, "decides">[] {
  const byName = nameValues(runbook, given);
  const fromEnvironment = environmentValues(runbook, environment);
  return Object.entries(runbook.params).map(([name, declaration]) => {
    const parse = (value: unknown): PlainValue => parseParameter(name, declaration, value);
    const base = { name, flag: flagOf(name), declaration };
    if (Object.hasOwn(byName, name)) return { ...base, value: parse(byName[name]), from: "given" };
    if (Object.hasOwn(fromEnvironment, name))
      return { ...base, value: parse(fromEnvironment[name]), from: "environment" };
    if ("default" in declaration && declaration.default !== undefined)
      return { ...base, value: parse(declaration.default), from: "default" };
    return base;
  });
}

/**
 * Every parameter must have a value now.
 *
 * @throws LockstepError `missing-parameter`, with what to add.
 */
export function requireParameters(plan: { readonly id: string; readonly parameters: readonly PlanParameter[] }): void {
  const missing = plan.parameters.filter(
    ({ value, declaration }) => value === undefined && declaration.type !== "secret",
  );
  if (missing.length === 0) return;
  const [first] = missing;
  const example = first && "example" in first.declaration ? first.declaration.example : undefined;
  throw new LockstepError({
    code: "missing-parameter",
    message: `${plan.id} needs ${missing.map(({ flag }) => flag).join(", ")}`,
    hint: `Add ${missing.map(({ flag }) => `-p ${flag}=...`).join(" ")}${example === undefined || missing.length > 1 ? "" : `, such as ${example}`}`,
  });
}

/** Names may be typed as they are written in TypeScript or as on the command line. */
function nameValues(runbook: AnyRunbook, given: GivenValues): GivenValues {
  const names = Object.keys(runbook.params);
  const entries = Object.entries(given).map(([typed, value]) => {
    const name = names.find((candidate) => candidate === typed || flagOf(candidate) === typed);
    if (name !== undefined) return [name, value];
    const flags = names.map(flagOf);
    throw new LockstepError({
      code: "unknown-parameter",
      message: `${runbook.id} has no parameter ${typed}`,
      hint: didYouMean(typed, flags, flags.length === 0 ? "It takes none" : `It takes ${flags.join(", ")}`),
    });
  });
  return Object.fromEntries(entries);
}

function environmentValues(runbook: AnyRunbook, id: string | undefined): GivenValues {
  if (id === undefined) return {};
  const environment = runbook.environments.find((candidate) => candidate.id === id);
  if (environment) return environment.values as GivenValues;
  const ids = runbook.environments.map((candidate) => candidate.id);
  throw new LockstepError({
    code: "unknown-environment",
    message: `${runbook.id} has no environment ${id}`,
    hint: didYouMean(id, ids, ids.length === 0 ? "It has none" : `It has ${ids.join(", ")}`),
  });
}
