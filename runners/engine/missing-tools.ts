import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import { stepsOf } from "../../dsl/plan/walk-plan.ts";
import { commandWords } from "../../dsl/shell/command-words.ts";
import { posixUtilities } from "../../dsl/shell/posix-utilities.ts";
import type { Engine } from "./engine.ts";
import { isDone } from "./run-state.ts";

/**
 * Says before anything runs which programs the open steps name and this machine does not have. A note, not a refusal:
 * an earlier step may install one.
 */
export async function noteMissingTools(engine: Engine): Promise<void> {
  const open = stepsOf(engine.plan).filter(({ id, skipped }) => !skipped && !isDone(engine.state.steps.get(id)));
  const needed = new Map<string, string>();
  for (const step of open) for (const tool of toolsOf(step)) if (!needed.has(tool)) needed.set(tool, step.number);
  const missing = [...needed].filter(([tool]) => !isOnPath(tool));
  if (missing.length === 0) return;
  const words = missing.map(([tool, number]) => `${tool} (${number})`).join(", ");
  const text = `not found on the PATH, though steps need ${missing.length === 1 ? "it" : "them"}: ${words}`;
  await engine.recorder.record({ type: "noted", text, by: { user: "lockstep", host: engine.by.host } });
}

/** What its command names by a bare name, other than what every system has. */
function toolsOf({ execution, command }: PlanStep): readonly string[] {
  if (execution !== "text" || !command) return [];
  try {
    return commandWords(command.template).filter((word) => !posixUtilities.has(word) && !word.includes("/"));
  } catch (error) {
    // what cannot be read as shell names nothing
    if (error instanceof LockstepError) return [];
    throw error;
  }
}

function isOnPath(tool: string): boolean {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return folders.some((folder) => isExecutable(join(folder === "" ? "." : folder, tool)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
