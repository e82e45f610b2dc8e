import type { IncludeNode } from "../nodes/include.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import { type Compilation, claimId, levelBelow, nextNumber, type Surroundings } from "./compilation.ts";
import { compileBlocks, placeRequirement } from "./compile-blocks.ts";
import { compileResponse } from "./compile-response.ts";
import { compileUndo } from "./compile-undo.ts";
import { userOf } from "./compile-values.ts";
import type { Instance } from "./instance.ts";
import type { PlanInclude } from "./plan.ts";

/** Another runbook, placed here. It uses only its own undo; its ids are prefixed. */
export function compileInclude(
  compilation: Compilation,
  root: AnyRunbook,
  node: IncludeNode,
  around: Surroundings,
): PlanInclude {
  const id = claimId(compilation, around, node.id, node.at);
  const number = nextNumber(around);
  const { runbook } = node;
  const instance = compilation.placements.instances.get(node) as Instance;
  const { undo: _outer, ...rest } = levelBelow(around, number);
  const inner: Surroundings = {
    ...rest,
    idPrefix: `${id}/`,
    ...(runbook.undo === undefined ? {} : { undo: { node: runbook.undo, owner: id } }),
  };
  const user = userOf(compilation, root, node, compilation.placements.ends.get(node));
  const undoOf = { id: `section:${id}`, title: { text: `undo ${number}` }, settings: around.settings };
  const requires = instance.requires.map((step) => placeRequirement(compilation, root, step, inner));
  const body = compileBlocks(compilation, root, instance.body, inner);
  return {
    block: "include",
    id,
    number,
    runbook: { id: runbook.id, title: runbook.title },
    requires,
    ...(runbook.onFailure === undefined
      ? {}
      : { onFailure: compileResponse(compilation, root, runbook.onFailure, `${number}f`, inner, node.at) }),
    ...(runbook.undo === undefined ? {} : { undo: compileUndo(compilation, runbook.undo, undoOf, user) }),
    body,
  };
}
