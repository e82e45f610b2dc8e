import type { EndedEvent, StoppedEvent } from "../../runners/events/run-event.ts";
import type { RunHistory } from "./run-history.ts";
import type { RecordedRun } from "./run-reader.ts";

/** How a run stands: what holds it now, or its last word. `asks`: it goes on, and waits for a person. */
export type RunState = "running" | "asks" | "killed" | EndedEvent["result"] | StoppedEvent["reason"];

/** How a run stands, for a program. */
export function stateOf({ holder }: Pick<RecordedRun, "holder">, history: RunHistory): RunState {
  const { last, questions, steps } = history;
  if (holder !== undefined) return questions.length > 0 ? "asks" : "running";
  if (last === undefined) return "killed";
  if (last.type === "ended") return last.result;
  // who left a failure left it as one
  const leftFailed = last.step !== undefined && steps.get(last.step)?.finished?.outcome === "failed";
  return last.reason === "declined" && leftFailed ? "failed" : last.reason;
}

/** Nobody goes on with it, and somebody can. */
export function isResumable(state: RunState): boolean {
  return !["running", "asks", "ok", "rolled-back", "answered"].includes(state);
}

/** How a run stands, in words for a table. */
export function stateText(state: RunState): string {
  const word = stateWords[state] ?? state;
  return isResumable(state) && state !== "rollback-failed" ? `${word}, resumable` : word;
}

const stateWords: Readonly<Partial<Record<RunState, string>>> = {
  "rolled-back": "rolled back",
  answered: "failed, answered",
  "rollback-failed": "not rolled back",
  declined: "stopped",
};

/** Whether nothing is left to do. */
export function hasEnded({ last }: RunHistory): boolean {
  return last?.type === "ended";
}

/** The key of the step where it stands. */
export function placeOf({ last, questions, steps }: RunHistory): string | undefined {
  if (last?.type === "ended") return undefined;
  const open = questions.at(-1)?.step ?? last?.step;
  if (open !== undefined) return open;
  return [...steps.values()].filter(({ finished }) => finished === undefined).at(-1)?.key;
}
