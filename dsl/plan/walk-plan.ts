import type { Plan, PlanBlock, PlanGuard, PlanRepeat, PlanResponse, PlanStep } from "./plan.ts";

/** The blocks directly inside a block, in order; a section's and an include's requirements first. */
export function childrenOf(block: PlanBlock): readonly PlanBlock[] {
  switch (block.block) {
    case "section":
    case "include":
      return [...block.requires, ...block.body];
    case "group":
    case "parallel":
      return block.steps;
    case "choose":
      return block.branches.flatMap(({ body }) => body);
    case "when":
    case "repeat":
    case "within":
      return block.body;
    default:
      return [];
  }
}

/** Every step of the main line, in order, those of the requirements first. */
export function stepsOf(plan: Pick<Plan, "requires" | "body">): readonly PlanStep[] {
  return [...plan.requires, ...stepsIn(plan.body)];
}

/** Every step in these blocks, in order. */
export function stepsIn(blocks: readonly PlanBlock[]): readonly PlanStep[] {
  return collect(blocks, (block) => (block.block === "step" ? [block] : []));
}

/** Every guard of the plan, in order. */
export function guardsOf(plan: Plan): readonly PlanGuard[] {
  return collect(plan.body, (block) => (block.block === "guard" ? [block] : []));
}

/** Every repeat of the plan, in order. */
export function repeatsOf(plan: Plan): readonly PlanRepeat[] {
  return collect(plan.body, (block) => (block.block === "repeat" ? [block] : []));
}

/** Every answer to a failure or a trip that has steps of its own, with the key of what it belongs to. */
export function responsesOf(plan: Plan): readonly { readonly owner: string; readonly response: PlanResponse }[] {
  const own = plan.onFailure ? [{ owner: "runbook", response: plan.onFailure }] : [];
  return [
    ...own,
    ...collect([...plan.requires, ...plan.body], (block) => {
      if (block.block === "guard") return [{ owner: block.id, response: block.onTrip }];
      if ((block.block === "step" || block.block === "section" || block.block === "include") && block.onFailure)
        return [{ owner: block.id, response: block.onFailure }];
      return [];
    }),
  ];
}

/** Every step, those of the answers to a failure or a trip after those of the main line. */
export function everyStepOf(plan: Plan): readonly PlanStep[] {
  const answers = responsesOf(plan).flatMap(({ response }) =>
    response.kind === "blocks" ? stepsIn(response.body) : [],
  );
  return [...stepsOf(plan), ...answers];
}

function collect<T>(blocks: readonly PlanBlock[], pick: (block: PlanBlock) => readonly T[]): readonly T[] {
  const found: T[] = [];
  const visit = (block: PlanBlock): void => {
    found.push(...pick(block));
    for (const child of childrenOf(block)) visit(child);
  };
  for (const block of blocks) visit(block);
  return found;
}
