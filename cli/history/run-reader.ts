import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import { type PlanFile, readPlan as readPlanFile } from "../../runners/engine/plan-file.ts";
import { readRecord } from "../../runners/engine/record-reader.ts";
import type { CreatedEvent, JournalEvent } from "../../runners/events/run-event.ts";
import type { JournalLine } from "../../runners/journal/journal-line.ts";
import type { RunFolder } from "../../runners/store/run-folder.ts";
import { readRunHolder } from "../../runners/store/run-hold.ts";
import type { RunHolder } from "../../runners/store/run-holder.ts";

/** An event with its time, UTC. */
export type TimedEvent = JournalEvent & { readonly at: string };

/** A run as its folder tells it. */
export interface RecordedRun {
  readonly folder: RunFolder;
  readonly events: readonly JournalLine<JournalEvent>[];
  readonly created: CreatedEvent & { readonly at: string };
  /** The process that goes on with it now. */
  readonly holder: RunHolder | undefined;
  /** A last line that was half written when its writer died. */
  readonly torn: boolean;
}

/**
 * Reads a run without holding it.
 *
 * @throws {LockstepError} `journal-damaged`, `journal-newer`, `unreadable-file`.
 */
export async function readRun(folder: RunFolder): Promise<RecordedRun> {
  const { lines, torn } = await readRecord(folder);
  const created = lines.find((line) => line.type === "created");
  if (created === undefined)
    throw new LockstepError({
      code: "journal-damaged",
      message: `run ${folder.id} was created, but nothing of it was written`,
      hint: `Nothing ran. It can be removed: ${folder.path}`,
    });
  return { folder, events: lines, created, holder: await readRunHolder(folder), torn: torn !== undefined };
}

/**
 * The plan that a run goes by: the one it was made with, or the last that was accepted.
 *
 * @throws {LockstepError} `journal-damaged` if it is not the plan that the journal names.
 */
export async function readPlan({ folder, events, created }: RecordedRun): Promise<Plan> {
  const plans = events.flatMap((event): PlanFile[] => (event.type === "plan-changed" ? [event.plan] : []));
  return readPlanFile(folder, plans.at(-1) ?? created.plan);
}
