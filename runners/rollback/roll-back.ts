import type { CreatedPattern } from "../../dsl/undo/undo.ts";
import { ask } from "../engine/ask.ts";
import { finish } from "../engine/conclude.ts";
import type { Engine } from "../engine/engine.ts";
import { whatWasCreated } from "../engine/record-undo.ts";
import type { StepRecord } from "../engine/run-state.ts";
import type { RecordedUndo } from "../events/run-event.ts";
import { readStdout } from "../executors/text-executor.ts";
import type { Answer } from "../questions/question.ts";
import { askPlace, runUndoAction } from "./run-undo-action.ts";
import { isOwn, type RollbackScope, type UndoTask, undoTasks } from "./undo-plan.ts";

type UndoActions = Extract<RecordedUndo, { readonly kind: "actions" }>;

/**
 * Undoes what ran, newest first, one at a time, by what the journal recorded. It goes on where an earlier rollback of
 * the same scope was ended; what is undone already is not undone twice.
 *
 * @throws Halt where it cannot decide, or an undo fails.
 */
export async function rollBack(engine: Engine, wanted: RollbackScope, why: string): Promise<void> {
  const tasks = undoTasks(engine, wanted);
  const { scope, guard } = wanted;
  const before = engine.state.rollback;
  if (before?.scope !== scope || before.guard !== guard)
    await engine.recorder.record({
      type: "rollback-started",
      why,
      steps: tasks.map(({ record }) => record.key),
      scope,
      ...(guard === undefined ? {} : { guard }),
    });
  for (const task of tasks) await undoTask(engine, task);
}

async function undoTask(engine: Engine, task: UndoTask): Promise<void> {
  const { record, undo } = task;
  if (undo.kind !== "actions")
    return undo.kind === "irreversible" ? passIrreversible(engine, task, undo.reason) : undefined;
  if ((await decision(engine, task, undo)) === "leave") return;
  for (const [index, action] of undo.actions.entries()) {
    const key = isOwn(task) ? `undo:${record.key}.${task.later + index + 1}` : action.id;
    await runUndoAction(engine, { key, action, task, title: undo.title, idempotent: undo.idempotent });
  }
  if (isOwn(task) && task.isLast)
    await finish(engine, record.key, {
      outcome: "undone",
      remark: undo.title,
      seconds: secondsOfUndo(engine, record.key),
    });
}

/** Of all actions that undid the step, also those of an earlier attempt or of a rollback that was ended. */
function secondsOfUndo({ state }: Engine, key: string): number {
  const actions = [...state.steps].filter(([each]) => each.startsWith(`undo:${key}.`));
  return actions.reduce((sum, [, { finished }]) => sum + (finished?.seconds ?? 0), 0);
}

/** Whether an undo runs: not if nothing was created, and not unasked if nobody knows what there is to undo. */
async function decision(engine: Engine, task: UndoTask, undo: UndoActions): Promise<"undo" | "leave"> {
  const { record, number } = task;
  const unknown = isOwn(task) ? doubtOf(record) : doubtAbout(engine, undo.owner);
  if (undo.ifCreated !== undefined) {
    const created = await createdBy(engine, task, undo.ifCreated);
    if (created === "all") return "undo";
    if (created === "some")
      return askWhether(engine, task, `${number} created some of it, and its undo would remove all`);
    if (endedByItself(record, undo)) return leaveUncreated(engine, task);
    return askWhether(engine, task, `${number} ${unknown ?? "was found to be there"}, and did not say what it created`);
  }
  const lacking = undo.actions.some(({ command }) => command === undefined);
  if (lacking) return askWhether(engine, task, `${number} did not give what its undo needs; undo it by hand`);
  if (unknown === undefined || undo.idempotent) return "undo";
  return askWhether(engine, task, `${number} ${unknown}`);
}

/** The same of the steps that a section's or the runbook's undo covers. */
function doubtAbout({ state }: Engine, owner: string): string | undefined {
  const covered = [...state.steps.values()].filter(({ undo }) => undo?.kind === "actions" && undo.owner === owner);
  const inDoubt = covered.filter(({ outcome }) => outcome === "failed" || outcome === "unknown");
  return inDoubt.map(doubtOf).find((doubt) => doubt !== undefined);
}

/** What may or may not have happened, in words; undefined if it did. */
function doubtOf({ outcome }: StepRecord): string | undefined {
  if (outcome === "ok" || outcome === "overruled") return undefined;
  return outcome === "failed" || outcome === "skipped"
    ? "failed, and may have had an effect"
    : "may have happened, or not, or half";
}

/** What it printed is all that it had to say; of what a person or a probe found there, nobody knows that. */
function endedByItself({ outcome, finished }: StepRecord, { created }: UndoActions): boolean {
  return created !== undefined || outcome === "overruled" || finished?.exitCode !== undefined;
}

/** By the output of the last attempt; what an earlier one created makes it some of it. */
async function createdBy(
  engine: Engine,
  { record, undo }: UndoTask,
  pattern: CreatedPattern,
): Promise<"all" | "some" | "none"> {
  const known = undo.kind === "actions" ? undo.created : undefined;
  const last = known ?? whatWasCreated(pattern, await printedBy(engine, record, record.attempts));
  if (last !== "none") return last;
  for (let attempt = 1; attempt < record.attempts; attempt += 1)
    if (whatWasCreated(pattern, await printedBy(engine, record, attempt)) !== "none") return "some";
  return "none";
}

async function leaveUncreated(engine: Engine, { record, isLast }: UndoTask): Promise<"leave"> {
  if (isLast) await finish(engine, record.key, { outcome: "undone", remark: "it had created nothing", seconds: 0 });
  return "leave";
}

async function askWhether(engine: Engine, task: UndoTask, remark: string): Promise<"undo" | "leave"> {
  const { say } = await decided(engine, task, remark);
  return say === "undo" || say === "there" ? "undo" : "leave";
}

/** Past what cannot be undone nobody goes without a person. */
async function passIrreversible(engine: Engine, task: UndoTask, reason: string): Promise<void> {
  await decided(engine, task, `${task.number} cannot be undone: ${reason}`);
}

/** What a person decided, now or before; to stop is no decision. */
async function decided(engine: Engine, task: UndoTask, remark: string): Promise<Answer> {
  const { record, number } = task;
  const before = engine.state.answers.get(`undo:${record.key}`)?.at(-1)?.answer;
  if (before && before.say !== "stop") return before;
  const { answer } = await ask(
    engine,
    askPlace({ ...record.started, number }),
    { ...questionOf(task), remark },
    engine.endIdle,
  );
  return answer;
}

function questionOf({ record, number, undo }: UndoTask) {
  const command = undo.kind === "actions" ? undo.actions.map((action) => action.command ?? "").join("\n") : undefined;
  return {
    kind: "rollback",
    step: `undo:${record.key}`,
    number: `Undo ${number}`,
    title: undo.kind === "actions" ? undo.title : record.started.title,
    ...(command === undefined ? {} : { command }),
  } as const;
}

async function printedBy(engine: Engine, { key }: StepRecord, attempt: number): Promise<string> {
  return (await readStdout(engine.folder.attemptFolder(key, attempt))).stdout;
}
