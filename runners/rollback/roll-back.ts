import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ask } from "../engine/ask.ts";
import { finish } from "../engine/conclude.ts";
import type { Engine } from "../engine/engine.ts";
import { whatWasCreated } from "../engine/record-undo.ts";
import type { RecordedUndo } from "../events/run-event.ts";
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
    const key = isOwn(task) ? `undo:${record.key}.${index + 1}` : action.id;
    await runUndoAction(engine, { key, action, task, title: undo.title, idempotent: undo.idempotent });
  }
  if (isOwn(task)) await finish(engine, record.key, { outcome: "undone", remark: undo.title });
}

/** Whether an undo runs: not if nothing was created, and not unasked if nobody knows what there is to undo. */
async function decision(engine: Engine, task: UndoTask, undo: UndoActions): Promise<"undo" | "leave"> {
  const { record } = task;
  if (undo.ifCreated !== undefined) {
    const created = undo.created ?? whatWasCreated(undo.ifCreated, await printedBy(engine, task));
    if (created === "all") return "undo";
    if (created === "none") return leaveUncreated(engine, task);
    return askWhether(
      engine,
      task,
      `${record.started.number} created some of it, and its undo would remove all: ${undo.title}`,
    );
  }
  if (record.outcome === "ok" || record.outcome === "overruled" || undo.idempotent || !isOwn(task)) return "undo";
  const how = record.outcome === "failed" ? "failed, and may have had an effect" : "may have happened, or not, or half";
  return askWhether(engine, task, `${record.started.number} ${how}: ${undo.title}`);
}

async function leaveUncreated(engine: Engine, { record }: UndoTask): Promise<"leave"> {
  await finish(engine, record.key, { outcome: "undone", remark: "it had created nothing" });
  return "leave";
}

async function askWhether(engine: Engine, task: UndoTask, remark: string): Promise<"undo" | "leave"> {
  const { record } = task;
  const said = engine.state.answers.get(`undo:${record.key}`)?.at(-1)?.answer;
  const answer = said ?? (await ask(engine, askPlace(record), { ...questionOf(task), remark }, engine.endIdle)).answer;
  return answer.say === "undo" || answer.say === "there" ? "undo" : "leave";
}

/** Past what cannot be undone nobody goes without a person. */
async function passIrreversible(engine: Engine, task: UndoTask, reason: string): Promise<void> {
  const { record } = task;
  if (engine.state.answers.has(`undo:${record.key}`)) return;
  const remark = `${record.started.number} cannot be undone: ${reason}`;
  await ask(engine, askPlace(record), { ...questionOf(task), remark }, engine.endIdle);
}

function questionOf({ record, undo }: UndoTask) {
  const command = undo.kind === "actions" ? undo.actions.map((action) => action.command ?? "").join("\n") : undefined;
  return {
    kind: "rollback",
    step: `undo:${record.key}`,
    number: `Undo ${record.started.number}`,
    title: undo.kind === "actions" ? undo.title : record.started.title,
    ...(command === undefined ? {} : { command }),
  } as const;
}

async function printedBy(engine: Engine, { record }: UndoTask): Promise<string> {
  const folder = engine.folder.attemptFolder(record.key, record.attempts);
  return readFile(join(folder, "out"), "utf8").catch(() => "");
}
