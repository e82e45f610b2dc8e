import {
  type AnyRunbook,
  type Block,
  type CompileOptions,
  compile,
  type Params,
  type Plan,
  type PlanStep,
  type RunbookOptions,
  runbook,
  stepsOf,
} from "../../dsl/index.ts";

/** The plan of a runbook with this body. */
export function planOf<const P extends Params = Record<never, never>>(
  body: Parameters<typeof runbook<P>>[1],
  options: Partial<RunbookOptions<P>> & CompileOptions = {},
): Plan {
  const { values, environment, ...rest } = options;
  const source = runbook({ id: "sample", title: "Sample", ...rest } as RunbookOptions<P>, body);
  return compile(source as unknown as AnyRunbook, {
    ...(values === undefined ? {} : { values }),
    ...(environment === undefined ? {} : { environment }),
  });
}

/** A step by its id; none fails the test. */
export function stepOf(plan: Plan, id: string): PlanStep {
  const found = stepsOf(plan).find((step) => step.id === id);
  if (!found)
    throw new Error(
      `no step ${id} among ${stepsOf(plan)
        .map((step) => step.id)
        .join(" ")}`,
    );
  return found;
}

export type { Block };
