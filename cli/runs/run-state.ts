import type { RunHistory } from "./run-history.ts";
import type { RecordedRun } from "./run-reader.ts";

/** How a run stands, in words for a table. */
export function stateOf({ holder }: Pick<RecordedRun, "holder">, history: RunHistory): string {
  const { last, questions, steps } = history;
  if (holder !== undefined) return questions.length > 0 ? "asks" : "running";
  if (last === undefined) return "killed, resumable";
  if (last.type === "ended")
    return { ok: "ok", "rolled-back": "rolled back", answered: "failed, answered" }[last.result];
  if (last.reason === "rollback-failed") return "not rolled back";
  if (last.reason !== "declined") return `${last.reason}, resumable`;
  // who left a failure left it as one
  const failed = last.step !== undefined && steps.get(last.step)?.finished?.outcome === "failed";
  return `${failed ? "failed" : "stopped"}, resumable`;
}

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
