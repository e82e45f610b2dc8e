import type { IncludeNode } from "../nodes/include.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import { type Compilation, claimId, levelBelow, nextNumber, type Surroundings } from "./compilation.ts";
import { compileBlocks, placeStep } from "./compile-blocks.ts";
import type { Instance } from "./instance.ts";
import type { PlanInclude } from "./plan.ts";

/** Another runbook, placed here. It uses only its own undo; its ids are prefixed. */
export function compileInclude(
  compilation: Compilation,
  root: AnyRunbook,
  node: IncludeNode,
  around: Surroundings,
  enclosures: readonly object[],
): PlanInclude {
  const id = claimId(compilation, around, node.id, node.at);
  const number = nextNumber(around);
  const { runbook } = node;
  const instance = compilation.placements.instances.get(node) as Instance;
  const { undo: _outer, ...rest } = levelBelow(around, number);
  const inner: Surroundings = {
    ...rest,
    idPrefix: `${id}/`,
    ...(runbook.undo === undefined ? {} : { undo: { node: runbook.undo, owner: "" } }),
  };
  return {
    block: "include",
    id,
    number,
    runbook: { id: runbook.id, title: runbook.title },
    requires: instance.requires.map((step) => placeStep(compilation, root, step, inner)),
    body: compileBlocks(compilation, root, instance.body, inner, enclosures),
  };
}
