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
  readonly undo: RecordedUndo;
}

/**
 * What a rollback has to undo, from the journal alone: what ran, newest first. The undo of a section runs once, at the
 * place of the first of its steps.
 */
export function undoTasks(engine: Engine, { scope, guard }: RollbackScope): readonly UndoTask[] {
  const since = scope === "since-guard" && guard !== undefined ? (engine.state.guards.get(guard)?.openedAfter ?? 0) : 0;
  const ran = [...engine.state.steps.values()]
    .filter(({ order, key, outcome }) => order > since && !key.startsWith("undo:") && mayHaveAnEffect(outcome))
    .sort((one, other) => other.order - one.order);
  const own = ran.filter(
    ({ undo, started }) => undo?.kind === "irreversible" || (undo?.kind === "actions" && undo.owner === started.id),
  );
  const tasks: UndoTask[] = own.map((record) => ({ record, undo: record.undo as RecordedUndo }));
  for (const [owner, first] of firstOfOwners(engine, ran)) tasks.push({ record: first, undo: owner });
  return tasks.sort(
    (one, other) => other.record.order - one.record.order || depthOf(engine, one) - depthOf(engine, other),
  );
}

/** Where several begin with one step: its own undo comes first, then that of what is around it, the innermost first. */
function depthOf(engine: Engine, task: UndoTask): number {
  const { record, undo } = task;
  if (isOwn(task) || undo.kind !== "actions") return -1;
  const depth = engine.sections.around(record.started.id).indexOf(undo.owner.replace(/^section:/, ""));
  return depth < 0 ? Number.MAX_SAFE_INTEGER : depth;
}

/** The undo of the step itself, not of what is around it. */
export function isOwn({ record, undo }: UndoTask): boolean {
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
