import { readHistory } from "../../runs/run-history.ts";
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
 * @returns Undefined if it may begin; else the exit code of who left.
 */
export async function mayBegin(ui: TerminalUi, options: SessionOptions): Promise<number | undefined> {
  const { recorded, purpose, confirm } = options;
  if (purpose === "rollback" && recorded !== undefined) {
    ui.screen.print(rollbackLines(ui, recorded, undoable(ui)));
    return undoable(ui).undone.length === 0 ? undefined : mayUndo(ui);
  }
  if (purpose === "resume" && recorded !== undefined) {
    ui.screen.print(resumeLines(ui, recorded));
    const { last } = readHistory(recorded.events);
    // where a guard is open every second without a sample counts
    const watching = ui.facts.guards.size > 0 || (last?.type === "stopped" && last.reason === "rollback-failed");
    return confirm && !watching ? mayStart(ui, "goes on with the run") : undefined;
  }
  if (!confirm) return undefined;
  ui.screen.print(startLines(ui, "whole"));
  return mayStart(ui, "starts the run");
}

async function mayStart(ui: TerminalUi, help: string): Promise<number | undefined> {
  const entries = [
    { key: "r", word: "start", help },
    { key: "q", word: "quit", help: "leave; nothing has begun" },
  ];
  const answer = await askMenu(ui, { entries, body: () => [] }, never());
  ui.screen.setLive([]);
  if ("key" in answer && answer.key === "r") return undefined;
  return notBegun(ui, "left" in answer ? 130 : 3);
}

async function mayUndo(ui: TerminalUi): Promise<number | undefined> {
  const say = ["To undo this, type rollback and Enter. Esc: no."];
  const answer = await askTypedAlone(ui, { say, expected: ["rollback"] }, never());
  ui.screen.setLive([]);
  if ("line" in answer) return undefined;
  return notBegun(ui, answer.left === "escape" ? 3 : 130);
}

function notBegun({ screen }: TerminalUi, exitCode: number): number {
  screen.print(["Nothing has begun."]);
  return exitCode;
}

function never(): AbortSignal {
  return new AbortController().signal;
}
