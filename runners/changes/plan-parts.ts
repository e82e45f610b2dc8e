import { alertBasis, stepBasis, undoBasis } from "../../dsl/plan/fingerprint.ts";
import type {
  Plan,
  PlanBlock,
  PlanGuard,
  PlanMeasurement,
  PlanRepeat,
  PlanResponse,
  PlanStep,
  PlanUndo,
} from "../../dsl/plan/plan.ts";
import { childrenOf, responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { policyWords } from "../../dsl/policy/policy-words.ts";
import { describeGuard, describeRepeat, describeResponse, describeUndo } from "./describe-part.ts";
import { describeStep } from "./describe-step.ts";

/** Something of a plan that can be changed by itself. */
export interface PlanPart {
  /** Finds it again in the other plan. */
  readonly key: string;
  /** How a person knows it: the id of the step, section, repeat or guard, or the flag of a parameter. */
  readonly id: string;
  /** What it does, as data; words are not part of it. */
  readonly basis: unknown;
  /** The same for a person. */
  readonly lines: readonly string[];
  /** The steps that it is about: it is over when they are. */
  readonly covers: readonly string[];
  /** Of a step: its place matters as well. */
  readonly number?: string;
  readonly guard?: string;
  /** It says nothing where it stands in one of the plans only. */
  readonly isFrozen?: boolean;
}

type Measurements = ReadonlyMap<string, PlanMeasurement>;

/** Everything in a plan that a run goes by: also what answers a failure or a trip, and what undoes. */
export function partsOf(plan: Plan): readonly PlanPart[] {
  const measurements = new Map(plan.measurements.map((measurement) => [measurement.id, measurement]));
  const answers = responsesOf(plan).map(({ owner, response }) => ({
    where: `answers a failure or trip of ${owner}`,
    body: response.kind === "blocks" ? response.body : [],
  }));
  const bodies = [
    { where: "required before anything begins", body: plan.requires },
    { where: undefined, body: plan.body },
    ...answers,
  ];
  return [
    ...bodies.flatMap(({ where, body }) => blockParts(body, where === undefined ? [] : [where], measurements)),
    ...ownerPart(
      "the runbook",
      plan,
      stepsOf(plan).map(({ id }) => id),
    ),
    ...valueParts(plan),
  ];
}

function blockParts(
  blocks: readonly PlanBlock[],
  around: readonly string[],
  measurements: Measurements,
): readonly PlanPart[] {
  return blocks.flatMap((block): readonly PlanPart[] => {
    const covers = stepsIn([block]).map(({ id }) => id);
    const inner = (body: readonly PlanBlock[], ...where: readonly string[]): readonly PlanPart[] =>
      blockParts(body, [...around, ...where], measurements);
    switch (block.block) {
      case "step":
        return [stepPart(block, around, measurements)];
      case "section":
      case "include":
        return [
          ...ownerPart(block.id, block, covers),
          ...inner(block.requires, `required before ${block.id} begins`),
          ...inner(block.body),
        ];
      case "repeat":
        return [repeatPart(block, covers), ...inner(block.body, `repeated by ${block.id}`)];
      case "parallel":
        return inner(block.steps, `in parallel ${block.id}`);
      case "guard":
        return [guardPart(block, measurements)];
      default:
        return inner(childrenOf(block));
    }
  });
}

/** What is around a step decides with it: whether it is repeated, or runs beside others. */
function stepPart(step: PlanStep, around: readonly string[], measurements: Measurements): PlanPart {
  return {
    key: `step:${step.id}`,
    id: step.id,
    basis: { ...(stepBasis(step, measurements) as object), undo: undoBasis(step.undo), around },
    lines: [...describeStep(step, measurements), ...around],
    covers: [step.id],
    number: step.number,
  };
}

/** What a section, an include or the runbook adds to its steps: how they are undone, and what answers a failure. */
function ownerPart(
  id: string,
  { undo, onFailure }: { readonly undo?: PlanUndo; readonly onFailure?: PlanResponse },
  covers: readonly string[],
): readonly PlanPart[] {
  if (undo === undefined && onFailure === undefined) return [];
  return [
    {
      key: `owner:${id}`,
      id,
      basis: { undo: undoBasis(undo), onFailure: onFailure?.kind ?? null },
      lines: [...describeUndo(undo), ...describeResponse(onFailure)],
      covers,
    },
  ];
}

function repeatPart(repeat: PlanRepeat, covers: readonly string[]): PlanPart {
  const { id, fingerprint } = repeat;
  return { key: `repeat:${id}`, id, basis: { fingerprint }, lines: describeRepeat(repeat), covers };
}

function guardPart(guard: PlanGuard, measurements: Measurements): PlanPart {
  const { id, fingerprint, from, onTrip, covers, alerts } = guard;
  return {
    key: `guard:${id}`,
    id,
    basis: { fingerprint, alerts: alertBasis(alerts, measurements), from: from?.id, onTrip: onTrip.kind },
    lines: describeGuard(guard, measurements),
    covers,
    guard: id,
  };
}

/** The values of a run are frozen; fingerprints do not show them, since they hold refs. */
function valueParts({ parameters, environment, environments }: Plan): readonly PlanPart[] {
  const policy = environments.find(({ id }) => id === environment)?.policy ?? {};
  const part = (id: string, value: unknown): PlanPart => ({
    key: `value:${id}`,
    id,
    basis: value ?? null,
    lines: [`${id} = ${JSON.stringify(value) ?? "(no value)"}`],
    covers: [],
    isFrozen: true,
  });
  const policyPart = {
    key: "policy",
    id: "the policy",
    basis: policy,
    lines: policyWords(policy),
    covers: [],
    isFrozen: true,
  };
  return [...parameters.map(({ flag, value }) => part(flag, value)), part("the environment", environment), policyPart];
}
