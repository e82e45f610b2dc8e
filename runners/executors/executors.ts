import type { Engine } from "../engine/engine.ts";
import { executeApproval } from "./approval-executor.ts";
import { executeChecklist } from "./checklist-executor.ts";
import { executeCode } from "./code-executor.ts";
import type { Attempt, AttemptResult, Executors } from "./executor.ts";
import { executeGate } from "./gate-executor.ts";
import { executeManual } from "./manual-executor.ts";
import { executeText } from "./text-executor.ts";
import { executeWait } from "./wait-executor.ts";
import { executeWatch } from "./watch-executor.ts";

/** How each kind of action is done on this machine. */
export const localExecutors: Executors = {
  shell: executeText,
  kubernetes: executeText,
  http: executeText,
  code: executeCode,
  custom: executeCustom,
  checklist: executeChecklist,
  manual: executeManual,
  approval: executeApproval,
  wait: executeWait,
  watch: executeWatch,
  gate: executeGate,
};

/** A kind of a third party: its own function if it has one, else its command. */
function executeCustom(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { action } = attempt.step;
  return action.kind === "custom" && action.inProcess ? executeCode(engine, attempt) : executeText(engine, attempt);
}
