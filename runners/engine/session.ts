import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { Plan } from "../../dsl/plan/plan.ts";
import type { JournalEvent, RunEvent } from "../events/run-event.ts";
import { type Clock, createClock } from "../journal/clock.ts";
import { openJournal } from "../journal/journal-writer.ts";
import type { RunOptions } from "../run-options.ts";
import { refuseLinks } from "../store/refuse-links.ts";
import type { RunFolder } from "../store/run-folder.ts";
import { holdRun } from "../store/run-hold.ts";
import { createEngine, thisActor } from "./create-engine.ts";
import type { Engine } from "./engine.ts";
import { createHookRunner, type HookRunner } from "./hooks.ts";
import { readState } from "./read-state.ts";
import { readRecord } from "./record-reader.ts";
import { createRecorder, type Recorder } from "./recorder.ts";

/** One process that holds a run, from taking it to letting it go. */
export interface Session {
  readonly folder: RunFolder;
  readonly recorder: Recorder;
  readonly clock: Clock;
  /** What the journal holds already. */
  readonly history: readonly JournalEvent[];
  engineFor(plan: Plan): Engine;
  close(): Promise<void>;
}

/** Takes a run: holds it, opens its journal, and reads what it has come to. */
export async function openSession(
  folder: RunFolder,
  options: RunOptions,
  emit: (event: RunEvent) => void,
): Promise<Session> {
  const clock = options.clock ?? createClock();
  await refuseLinks(folder);
  const hold = await holdRun(folder, { clock });
  try {
    const { lines } = await readRecord(folder);
    const state = readState(lines);
    const journal = await openJournal<JournalEvent>(folder.path, { clock });
    let hooks: HookRunner | undefined;
    const recorder = createRecorder({
      journal,
      state,
      secrets: Object.values(options.secrets ?? {}),
      listeners: [emit, (event) => hooks?.hear(event)],
    });
    hooks = createHookRunner(options.hooks ?? [], folder.id, (hook, event, message) =>
      recorder.record({ type: "hook-failed", hook, event, message }, { sync: false }),
    );
    const { settled } = hooks;
    // before anything can refuse what this lockstep came for: what was cut off is gone, and nothing else tells of it
    if (journal.torn) await recordCut(recorder, journal.torn.bytes, options);
    const over = new AbortController();
    return {
      folder,
      recorder,
      clock,
      history: lines,
      engineFor: (plan) => createEngine({ plan, folder, options, clock, recorder, over: over.signal }),
      close: async () => {
        over.abort();
        try {
          await settled();
          await recorder.close();
        } finally {
          await hold.release();
        }
      },
    };
  } catch (error) {
    await hold.release();
    throw error;
  }
}

async function recordCut(recorder: Recorder, bytes: number, { by = thisActor() }: RunOptions): Promise<void> {
  const text = `a last line that was half written, ${bytes} bytes, was cut off the journal`;
  try {
    await recorder.record({ type: "noted", text, by });
  } catch (error) {
    await recorder.close().catch(() => {});
    throw error;
  }
}

/** The error for a run that is over. */
export function runEnded(folder: RunFolder): LockstepError {
  return new LockstepError({
    code: "run-ended",
    message: `run ${folder.id} is over: there is nothing to go on with`,
    hint: `lockstep report ${folder.id} shows it; lockstep rollback ${folder.id} undoes what it did`,
  });
}
