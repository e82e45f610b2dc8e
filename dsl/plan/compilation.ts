import type { CodeFunction } from "../actions/code.ts";
import { LockstepError } from "../errors/lockstep-error.ts";
import { didYouMean } from "../errors/nearest.ts";
import type { CallSite, SourcePosition } from "../errors/source-position.ts";
import type { GuardNode } from "../nodes/guard.ts";
import type { UndoNode } from "../undo/undo.ts";
import type { TextNode } from "../values/text.ts";
import type { Placements } from "./placements.ts";
import type { PlanCondition, PlanEnvironment, PlanGuard, PlanMeasurement, PlanSettings, PlanStep } from "./plan.ts";
import type { Scope } from "./resolve-operand.ts";

/** What the compiler gathers while it walks one runbook. */
export interface Compilation {
  readonly scope: Scope;
  /** The environment whose values are used, with what it forbids. */
  readonly environment?: Pick<PlanEnvironment, "id" | "title" | "policy">;
  /** Ids of the steps that the values are known to skip. */
  readonly skipped: Set<string>;
  readonly placements: Placements;
  readonly measurements: Map<string, PlanMeasurement>;
  /** Every id that was given out: of blocks, guards and measurements, for one name space of the page. */
  readonly ids: Map<string, CallSite>;
  /** The steps of the main line, in order; those of an `onFailure` or `onTrip` are not part of it. */
  readonly mainLine: PlanStep[];
  /** The parallel that a step of the main line stands in, by the ids of both. */
  readonly parallelOf: Map<string, string>;
  readonly guards: {
    readonly node: GuardNode;
    readonly guard: Mutable<PlanGuard>;
    readonly begins: number;
    readonly prefix: string;
  }[];
  readonly functions: Map<string, CodeFunction>;
  readonly sourceOf: (at: SourcePosition | undefined, run: CodeFunction) => string;
}

export type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** What holds inward while the compiler walks. */
export interface Surroundings {
  /** "" at the top, "3" in the third section. */
  readonly number: string;
  /** The last number given at this level; shared by all blocks of the level. */
  readonly counter: { last: number };
  /** "" or "rollback/" in an include. */
  readonly idPrefix: string;
  readonly settings: PlanSettings;
  readonly conditions: readonly PlanCondition[];
  /** The nearest undo above a step; its owner is a section's id or "" for the runbook. */
  readonly undo?: { readonly node: UndoNode; readonly owner: string };
  /** Id of the section, or of the repeat with each of its passes, that background steps end with. */
  readonly section: string;
  /** In the main line, not in an answer to a failure. */
  readonly main: boolean;
}

/** The next number of a level. */
export function nextNumber(around: Surroundings): string {
  around.counter.last += 1;
  return around.number === "" ? `${around.counter.last}` : `${around.number}.${around.counter.last}`;
}

/** A level of the numbering that begins below `number`. */
export function levelBelow(around: Surroundings, number: string): Surroundings {
  return { ...around, number, counter: { last: 0 } };
}

/**
 * Gives out an id.
 *
 * @throws LockstepError `bad-id` or `duplicate-id`
 */
export function claimId(compilation: Compilation, around: Surroundings, id: string, at: CallSite): string {
  requireId(id, at);
  const full = around.idPrefix + id;
  const taken = compilation.ids.get(full);
  if (taken)
    throw new LockstepError({
      code: "duplicate-id",
      message: `the id ${full} is given twice`,
      hint: `Give one of them another id${placeOf(taken)}`,
      at,
    });
  compilation.ids.set(full, at);
  return full;
}

/** The form of every id, so that it can be typed, linked to and be the name of a folder. */
export function requireId(id: string, at: CallSite): void {
  if (typeof id === "string" && /^[a-z][a-z0-9-]*$/.test(id)) return;
  throw new LockstepError({
    code: "bad-id",
    message: `${JSON.stringify(id)} is no id`,
    hint: `Begin with a small letter, then small letters, digits and hyphens${suggestion(id)}`,
    at,
  });
}

/** A title must say something. */
export function requireTitle(title: unknown, what: string, at: CallSite): void {
  const parts = typeof title === "string" ? [title] : ((title as TextNode | undefined)?.parts ?? []);
  if (parts.some((part) => typeof part !== "string" || part.trim() !== "")) return;
  throw new LockstepError({
    code: "empty-title",
    message: `${what} has no title`,
    hint: "Say what it does, in the imperative",
    at,
  });
}

/** The id of a step named by an author, as it stands in the plan. */
export function requireStep(
  compilation: Compilation,
  around: Surroundings,
  id: string,
  code: "guard-until" | "bad-setting",
  what: string,
  at: CallSite,
): string {
  const full = around.idPrefix + id;
  const ids = compilation.placements.stepIds;
  if (ids.has(full)) return full;
  const local = [...ids]
    .filter((other) => other.startsWith(around.idPrefix))
    .map((other) => other.slice(around.idPrefix.length));
  throw new LockstepError({
    code,
    message: `${what} names ${id}, which is no step`,
    hint: didYouMean(id, local, "Name the id of a step"),
    at,
  });
}

function suggestion(id: unknown): string {
  const words = String(id)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return /^[a-z]/.test(words) ? `: "${words}"` : "";
}

function placeOf(site: CallSite): string {
  const line = site.stack?.match(/:(\d+):\d+\)?$/m)?.[1];
  return line === undefined ? "" : `; the first is in line ${line}`;
}
