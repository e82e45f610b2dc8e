import { LockstepError } from "../errors/lockstep-error.ts";
import type { Block } from "../nodes/block.ts";
import type { IncludeNode } from "../nodes/include.ts";
import type { OnFailureNode } from "../nodes/on-failure.ts";
import type { AnyRunbook } from "../nodes/runbook.ts";
import type { StepNode } from "../nodes/step.ts";
import { type Instance, instantiate } from "./instance.ts";

/** Where something stands, known before anything is compiled, so that the refs in it can be judged. */
export interface Standing {
  /** How many steps stand before it. */
  readonly order: number;
  /** Blocks around it that may not run, the outermost first. */
  readonly enclosures: readonly object[];
  /** In an answer to a failure: the steps, by order, one of which has failed, so that those after it never ran. */
  readonly unsure: readonly { readonly from: number; readonly to: number }[];
}

/** Where a step stands. */
export interface Placement extends Standing {
  readonly id: string;
}

export interface Placements {
  readonly of: Map<StepNode, Placement>;
  /** Of every block, where it begins. */
  readonly standings: Map<object, Standing>;
  /** Of a section, a repeat and an include: how many steps stand before what follows it. */
  readonly ends: Map<object, number>;
  readonly stepIds: Set<string>;
  readonly instances: Map<IncludeNode, Instance>;
}

interface Place extends Omit<Standing, "order"> {
  readonly prefix: string;
  readonly including: readonly AnyRunbook[];
}

/** Finds where every step of a runbook stands; builds what it includes, once. */
export function placeSteps(runbook: AnyRunbook, instance: Instance): Placements {
  const placements: Placements = {
    of: new Map(),
    standings: new Map(),
    ends: new Map(),
    stepIds: new Set(),
    instances: new Map(),
  };
  const place: Place = { prefix: "", enclosures: [], unsure: [], including: [runbook] };
  for (const step of instance.requires) placeStep(placements, step, place);
  placeBlocks(placements, instance.body, place);
  if (runbook.onFailure) placeResponse(placements, runbook.onFailure, place, 0);
  return placements;
}

function placeBlocks(placements: Placements, blocks: readonly Block[], place: Place): void {
  for (const block of blocks) placeBlock(placements, block, place);
}

function placeBlock(placements: Placements, block: Block, place: Place): void {
  const inside = (enclosure: object): Place => ({ ...place, enclosures: [...place.enclosures, enclosure] });
  const first = placements.of.size;
  if (block.block !== "step") placements.standings.set(block, standingOf(first, place));
  switch (block.block) {
    case "step":
      placeStep(placements, block, place);
      break;
    case "section":
      for (const step of block.requires) placeStep(placements, step, place);
      placeBlocks(placements, block.body, place);
      placements.ends.set(block, placements.of.size);
      if (block.onFailure) placeResponse(placements, block.onFailure, place, first);
      break;
    case "group":
    case "parallel":
      placeBlocks(placements, block.steps, place);
      break;
    case "within":
    case "repeat":
      placeBlocks(placements, block.body, place);
      placements.ends.set(block, placements.of.size);
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
      placeResponse(placements, block.onTrip, place, first);
      break;
  }
}

function placeStep(placements: Placements, step: StepNode, place: Place): void {
  const id = place.prefix + step.id;
  const first = placements.of.size;
  const known = placements.of.get(step);
  if (known && known.id !== id && Object.keys(step.declared).length > 0) throw placedTwice(step, known.id, id);
  if (!known) placements.of.set(step, { id, ...standingOf(first, place) });
  placements.stepIds.add(id);
  if (step.onFailure) placeResponse(placements, step.onFailure, place, first);
}

/** @param first The first of the steps that it answers for. */
function placeResponse(placements: Placements, response: OnFailureNode, place: Place, first: number): void {
  if (response.kind !== "blocks") return;
  const unsure = [...place.unsure, { from: first, to: placements.of.size }];
  placeBlocks(placements, response.body, { ...place, unsure, enclosures: [...place.enclosures, response] });
}

function placeInclude(placements: Placements, node: IncludeNode, place: Place): void {
  const first = placements.of.size;
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
    ...place,
    prefix: `${place.prefix}${node.id}/`,
    including: [...place.including, node.runbook],
  };
  for (const step of instance.requires) placeStep(placements, step, inner);
  placeBlocks(placements, instance.body, inner);
  placements.ends.set(node, placements.of.size);
  if (node.runbook.onFailure) placeResponse(placements, node.runbook.onFailure, inner, first);
}

function standingOf(order: number, { enclosures, unsure }: Place): Standing {
  return { order, enclosures, unsure };
}

/** Its outputs would be those of the first place also in the second one. */
function placedTwice(step: StepNode, one: string, other: string): LockstepError {
  return new LockstepError({
    code: "duplicate-id",
    message: `one step stands in two places, ${one} and ${other}, and its outputs cannot be told apart`,
    hint: "Make the step inside of the function that gives the runbook's body, so that each include has its own",
    at: step.at,
  });
}
