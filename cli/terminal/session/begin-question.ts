import { readHistory } from "../../history/run-history.ts";
import { askMenu } from "./menu.ts";
import type { SessionOptions } from "./open-ui.ts";
import { resumeLines, rollbackLines } from "./resume-screen.ts";
import { startLines } from "./start-screen.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { askTypedAlone } from "./typed-line.ts";
import { undoable } from "./undo-words.ts";

/**
 * Shows what would begin, and asks once whether it shall: the cluster may be the wrong one.
 *
 * @param signal Aborted when lockstep is told to end: nothing begins then.
 * @returns Undefined if it may begin; else the exit code of who left.
 */
export async function mayBegin(
  ui: TerminalUi,
  options: SessionOptions,
  signal: AbortSignal,
): Promise<number | undefined> {
  const { recorded, purpose, confirm } = options;
  if (purpose === "rollback" && recorded !== undefined) {
    ui.screen.print(rollbackLines(ui, recorded, undoable(ui)));
    return undoable(ui).undone.length === 0 ? undefined : mayUndo(ui, signal);
  }
  if (purpose === "resume" && recorded !== undefined) {
    ui.screen.print(resumeLines(ui, recorded));
    const { last } = readHistory(recorded.events);
    // where a guard is open every second without a sample counts
    const watching = ui.facts.guards.size > 0 || (last?.type === "stopped" && last.reason === "rollback-failed");
    return confirm && !watching ? mayStart(ui, "goes on with the run", signal) : undefined;
  }
  if (!confirm) return undefined;
  ui.screen.print(startLines(ui, "whole"));
  return mayStart(ui, "starts the run", signal);
}

async function mayStart(ui: TerminalUi, help: string, signal: AbortSignal): Promise<number | undefined> {
  const entries = [
    { key: "r", word: "start", help },
    { key: "q", word: "quit", help: "leave; nothing has begun" },
  ];
  const answer = await askMenu(ui, { entries, body: () => [] }, signal);
  ui.screen.setLive([]);
  if ("key" in answer && answer.key === "r") return undefined;
  return notBegun(ui, "left" in answer ? exitCodeOf(signal) : 3);
}

async function mayUndo(ui: TerminalUi, signal: AbortSignal): Promise<number | undefined> {
  const say = ["To undo this, type rollback and Enter. Esc: no."];
  const answer = await askTypedAlone(ui, { say, expected: ["rollback"] }, signal);
  ui.screen.setLive([]);
  if ("line" in answer) return undefined;
  return notBegun(ui, answer.left === "escape" ? 3 : exitCodeOf(signal));
}

function notBegun({ screen }: TerminalUi, exitCode: number): number {
  screen.print(["Nothing has begun."]);
  return exitCode;
}

/** Ctrl-C is a key at a question, and no signal. */
function exitCodeOf({ aborted, reason }: AbortSignal): number {
  return aborted && reason !== "SIGINT" ? 143 : 130;
}
