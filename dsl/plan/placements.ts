import { LockstepError } from "../errors/lockstep-error.ts";
import type { Block } from "../nodes/block.ts";
import type { IncludeNode } from "../nodes/include.ts";
import type { OnFailureNode } from "../nodes/on-failure.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { type Instance, instantiate } from "./instance.ts";

/** Where a step stands, known before anything is compiled, so that a ref can be judged. */
export interface Placement {
  readonly id: string;
  readonly order: number;
  /** Blocks around it that may not run, the outermost first. */
  readonly enclosures: readonly object[];
}

export interface Placements {
  readonly of: Map<StepNode, Placement>;
  readonly stepIds: Set<string>;
  readonly instances: Map<IncludeNode, Instance>;
}

interface Place {
  readonly prefix: string;
  readonly enclosures: readonly object[];
  readonly including: readonly AnyRunbook[];
}

/** Finds where every step of a runbook stands; builds what it includes, once. */
export function placeSteps(runbook: AnyRunbook, instance: Instance): Placements {
  const placements: Placements = { of: new Map(), stepIds: new Set(), instances: new Map() };
  const place: Place = { prefix: "", enclosures: [], including: [runbook] };
  for (const step of instance.requires) placeStep(placements, step, place);
  placeBlocks(placements, instance.body, place);
  if (runbook.onFailure) placeResponse(placements, runbook.onFailure, place);
  return placements;
}

function placeBlocks(placements: Placements, blocks: readonly Block[], place: Place): void {
  for (const block of blocks) placeBlock(placements, block, place);
}

function placeBlock(placements: Placements, block: Block, place: Place): void {
  const inside = (enclosure: object): Place => ({ ...place, enclosures: [...place.enclosures, enclosure] });
  switch (block?.block) {
    case "step":
      placeStep(placements, block, place);
      break;
    case "section":
      for (const step of block.requires) placeStep(placements, step, place);
      placeBlocks(placements, block.body, place);
      if (block.onFailure) placeResponse(placements, block.onFailure, place);
      break;
    case "group":
    case "parallel":
      placeBlocks(placements, block.steps, place);
      break;
    case "within":
    case "repeat":
      placeBlocks(placements, block.body, place);
      break;
    case "when":
      placeBlocks(placements, block.body, inside(block));
      break;
    case "choose":
      for (const branch of Object.values(block.branches)) placeBlocks(placements, branch, inside(branch));
      break;
    case "include":
      placeInclude(placements, block, place);
      break;
    case "guard":
      placeResponse(placements, block.onTrip, place);
      break;
  }
}

function placeStep(placements: Placements, step: StepNode, place: Place): void {
  const id = place.prefix + step.id;
  if (!placements.of.has(step))
    placements.of.set(step, { id, order: placements.of.size, enclosures: place.enclosures });
  placements.stepIds.add(id);
  if (step.onFailure) placeResponse(placements, step.onFailure, place);
}

function placeResponse(placements: Placements, response: OnFailureNode, place: Place): void {
  if (response.kind !== "blocks") return;
  placeBlocks(placements, response.body, { ...place, enclosures: [...place.enclosures, response] });
}

function placeInclude(placements: Placements, node: IncludeNode, place: Place): void {
  if (place.including.includes(node.runbook)) {
    const way = [...place.including, node.runbook].map(({ id }) => id).join(" -> ");
    throw new LockstepError({
      code: "cycle",
      message: `runbooks include each other: ${way}`,
      hint: "Name the other one in `next` instead",
      at: node.at,
    });
  }
  const instance = instantiate(node.runbook, node);
  placements.instances.set(node, instance);
  const inner: Place = {
    prefix: `${place.prefix}${node.id}/`,
    enclosures: place.enclosures,
    including: [...place.including, node.runbook],
  };
  for (const step of instance.requires) placeStep(placements, step, inner);
  placeBlocks(placements, instance.body, inner);
}
