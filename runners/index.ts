/**
 * Runs plans: with a journal, resume, rollback, guards and questions.
 *
 * @module lockstep/run
 */

export { fittingAnswers, refusalOf } from "./engine/check-answer.ts";
export { thisActor } from "./engine/create-engine.ts";
export { type DryRunEvent, type DryRunOptions, dryRun } from "./engine/dry-run.ts";
export { afterTheStep } from "./engine/interruption.ts";
export { readPlan } from "./engine/plan-file.ts";
export { readRecord, verifyRecord } from "./engine/record-reader.ts";
export { resume, rollback, run } from "./engine/run.ts";
export type * from "./events/run-event.ts";
export type { Attempt, AttemptResult, Executor, Executors } from "./executors/executor.ts";
export { type Clock, createClock } from "./journal/clock.ts";
export type { JournalVerdict, ReadJournal } from "./journal/journal-reader.ts";
export {
  type Answer,
  type CoveredStep,
  type Prompter,
  type Question,
  type QuestionItem,
  suspend,
} from "./questions/question.ts";
export type { ResumeOptions, Run, RunOptions, RunResult } from "./run-options.ts";
export { readInbox, writeInbox } from "./store/inbox.ts";
export type { RunFolder } from "./store/run-folder.ts";
export { readRunHolder } from "./store/run-hold.ts";
export { openRunStore, type RunStore } from "./store/run-store.ts";
