import { isDeepStrictEqual } from "node:util";
import { everyStepOf } from "../../dsl/plan/walk-plan.ts";
import type { Engine } from "../engine/engine.ts";
import type { StepRecord } from "../engine/run-state.ts";
import type { RecordedUndo } from "../events/run-event.ts";

export interface RollbackScope {
  readonly scope: "all" | "since-guard";
  readonly guard?: string;
}

/** One thing to undo. */
export interface UndoTask {
  readonly record: StepRecord;
  /** Number of its step by the plan that the run goes by now; of one that was removed, that of then. */
  readonly number: string;
  readonly undo: RecordedUndo;
  /** Of a step that was run again: how many actions undo its later attempts, which come first. */
  readonly later: number;
  /** Nothing else undoes the step. */
  readonly isLast: boolean;
}

/**
 * What a rollback has to undo, from the journal alone: what ran, newest first. The undo of a section runs once, at the
 * place of the first of its steps.
 */
export function undoTasks(engine: Engine, { scope, guard }: RollbackScope): readonly UndoTask[] {
  const since = scope === "since-guard" && guard !== undefined ? (engine.state.guards.get(guard)?.openedAfter ?? 0) : 0;
  const ran = [...engine.state.steps.values()]
    .filter(({ key }) => !key.startsWith("undo:"))
    .map((record) => attemptsToUndo(record).filter(({ order }) => order > since));
  const tasks: Omit<UndoTask, "number">[] = ran.flatMap(ownTasks);
  const newestFirst = ran.flat().sort((one, other) => other.order - one.order);
  for (const [owner, first] of firstOfOwners(engine, newestFirst))
    tasks.push({ record: first, undo: owner, later: 0, isLast: true });
  const numbers = new Map(everyStepOf(engine.plan).map(({ id, number }) => [id, number]));
  return tasks
    .sort((one, other) => other.record.order - one.record.order || depthOf(engine, one) - depthOf(engine, other))
    .map((task) => ({ ...task, number: numbers.get(task.record.started.id) ?? task.record.started.number }));
}

/** The newest first: what was done before it was run again stands until that is undone too. */
function attemptsToUndo(record: StepRecord): readonly StepRecord[] {
  if (record.outcome === "undone") return [];
  return [record, ...[...record.earlier].reverse()].filter(({ outcome }) => mayHaveAnEffect(outcome));
}

/** An undo of an earlier attempt that would do the same as that of a later one is not done twice. */
function ownTasks(attempts: readonly StepRecord[]): Omit<UndoTask, "number">[] {
  const own = attempts.filter(
    ({ undo, started }) => undo?.kind === "irreversible" || (undo?.kind === "actions" && undo.owner === started.id),
  );
  const different = own.filter(({ undo }, index) => own.findIndex((other) => doesTheSame(other.undo, undo)) === index);
  let later = 0;
  return different.map((record, index) => {
    const undo = record.undo as RecordedUndo;
    const task = { record, undo, later, isLast: index === different.length - 1 };
    later += undo.kind === "actions" ? undo.actions.length : 0;
    return task;
  });
}

function doesTheSame(one: RecordedUndo | undefined, other: RecordedUndo | undefined): boolean {
  if (one?.kind !== "actions" || other?.kind !== "actions") return one?.kind === other?.kind;
  return isDeepStrictEqual(one.actions, other.actions);
}

/** Where several begin with one step: its own undo comes first, then that of what is around it, the innermost first. */
function depthOf(engine: Engine, task: Omit<UndoTask, "number">): number {
  const { record, undo } = task;
  if (isOwn(task) || undo.kind !== "actions") return -1;
  const depth = engine.sections.around(record.started.id).indexOf(undo.owner.replace(/^section:/, ""));
  return depth < 0 ? Number.MAX_SAFE_INTEGER : depth;
}

/** The undo of the step itself, not of what is around it. */
export function isOwn({ record, undo }: Pick<UndoTask, "record" | "undo">): boolean {
  return undo.kind !== "actions" || undo.owner === record.started.id;
}

/** A step that was undone, or never began, has nothing to undo. One that failed and was then skipped did begin. */
function mayHaveAnEffect(outcome: StepRecord["outcome"]): boolean {
  return outcome !== "undone" && outcome !== "not-started";
}

/** For each section or runbook whose undo covers something that ran: that undo, and the first of its steps that ran. */
function firstOfOwners(engine: Engine, ran: readonly StepRecord[]): ReadonlyMap<RecordedUndo, StepRecord> {
  const covered = ran.filter(({ undo, started }) => undo?.kind === "actions" && undo.owner !== started.id);
  const byOwner = new Map<string, RecordedUndo>();
  for (const { undo } of covered)
    if (undo?.kind === "actions" && !byOwner.has(undo.owner)) byOwner.set(undo.owner, undo);
  const firsts = [...byOwner].map(([owner, undo]): [RecordedUndo, StepRecord] => {
    const section = owner.replace(/^section:/, "");
    const inside = ran.filter(
      ({ started }) => owner === "runbook" || engine.sections.around(started.id).includes(section),
    );
    const of =
      inside.length > 0
        ? inside
        : covered.filter((record) => record.undo?.kind === "actions" && record.undo.owner === owner);
    return [undo, of.reduce((one, other) => (other.order < one.order ? other : one))];
  });
  return new Map(firsts);
}
