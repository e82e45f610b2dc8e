/**
 * What authors of runbooks import, and the compiler.
 *
 * @module lockstep
 */
export type { Action, ActionKind, AnyAction, ChecklistItem } from "./actions/action.ts";
export { type CodeContext, type CodeFunction, code } from "./actions/code.ts";
export { type CustomActionKind, defineAction } from "./actions/define-action.ts";
export type { Effect } from "./actions/effect.ts";
export type { Expect } from "./actions/expect.ts";
export { type HttpOptions, http } from "./actions/http.ts";
export { ask, type Capture, type Output, type OutputOptions, type Outputs, output } from "./actions/output.ts";
export { json, script, sh, splice } from "./actions/sh.ts";
export { defineConfig, type Hook, type LockstepConfig } from "./config/define-config.ts";
export { type ErrorCode, errorCodes } from "./errors/error-codes.ts";
export { LockstepError, type LockstepErrorInit } from "./errors/lockstep-error.ts";
export type { SourcePosition } from "./errors/source-position.ts";
export {
  type AlertNode,
  jsonNumber,
  type Measurement,
  type MeasurementOptions,
  measurement,
  onlyNumber,
  prometheus,
  type Reading,
} from "./measurements/measurement.ts";
export type { Block } from "./nodes/block.ts";
export { choose } from "./nodes/choose.ts";
export { group } from "./nodes/group.ts";
export { type GuardOptions, guard } from "./nodes/guard.ts";
export { include } from "./nodes/include.ts";
export { type OnFailure, rollback, stop } from "./nodes/on-failure.ts";
export { parallel } from "./nodes/parallel.ts";
export { approval, check, checklist, type ManualOptions, manual, secondPerson } from "./nodes/people.ts";
export { caution, note, prose, quoted, table } from "./nodes/prose.ts";
export { repeat } from "./nodes/repeat.ts";
export { type AnyRunbook, type Followed, type Runbook, type RunbookOptions, runbook } from "./nodes/runbook.ts";
export { type SectionOptions, section } from "./nodes/section.ts";
export type { EnvValue, Settings } from "./nodes/settings.ts";
export {
  background,
  type Ready,
  type Requirement,
  type Retry,
  type Step,
  type StepOptions,
  step,
} from "./nodes/step.ts";
export { type GateOptions, gate, wait, watch } from "./nodes/time.ts";
export { when } from "./nodes/when.ts";
export { within } from "./nodes/within.ts";
export { type Environment, environment } from "./params/environment.ts";
export { type Param, type ParamDeclaration, type Params, param } from "./params/param.ts";
export { requireParameters } from "./params/resolve-parameters.ts";
export { type CompileOptions, compile } from "./plan/compile.ts";
export type * from "./plan/plan.ts";
export { guardsOf, stepsOf } from "./plan/walk-plan.ts";
export type { ClusterPin, Day, Policy, TimeWindow } from "./policy/policy.ts";
export { ifCreated, irreversible, notNeeded, type Undo, undoBy } from "./undo/undo.ts";
export type { CommandValue, JsonDocument } from "./values/command.ts";
export { above, all, any, below, type Condition, is, not } from "./values/condition.ts";
export { type Duration, hours, minutes, seconds } from "./values/duration.ts";
export { milliseconds, percent, type Quantity, quantity } from "./values/quantity.ts";
export { orElse, type PlainValue, type Ref, type Secret } from "./values/ref.ts";
export { type Text, text } from "./values/text.ts";
