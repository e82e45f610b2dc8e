import { narrow } from "../session/fact-line.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { WaitFacts } from "../session/wait-facts.ts";
import { waitLine } from "./wait-line.ts";
import { watchTable } from "./watch-table.ts";

/** A window with fewer rows has no room for a table: the line of the guard says the most important. */
const lowest = 14;

/** What is waited for, with the alerts that are watched meanwhile. */
export function waitLines(ui: TerminalUi, room: number): string[] {
  const { columns, style } = ui.screen;
  const waiting = waitingNow(ui);
  const lines = waiting.map(([key, wait]) => {
    const step = ui.facts.stepOf(key);
    const number = waiting.length > 1 && step !== undefined ? { number: step.number } : {};
    const guarded = step?.action.kind === "wait" && step.guards.length > 0;
    return waitLine({ wait, guarded, columns, ...number });
  });
  const tabled = tabledWait(ui);
  if (tabled === undefined) return lines;
  const table = watchTable({ wait: tabled, columns, style, room: room - lines.length, part: "now" });
  const spare = columns < narrow ? 0 : room - lines.length - table.length;
  return [...(spare > 1 ? [""] : []), ...lines, ...table, ...(spare > 0 ? [""] : [])];
}

/** Guards whose table stands in the body, so that their line is not needed. */
export function tabledGuards(ui: TerminalUi): ReadonlySet<string> {
  return new Set(tabledWait(ui)?.looks.map(({ from }) => from));
}

/** Waits and gates that run now. */
function waitingNow({ facts }: TerminalUi): readonly (readonly [string, WaitFacts])[] {
  return [...facts.running].flatMap(([key, { started }]) => {
    const wait = facts.waits.get(key);
    return wait !== undefined && (started.kind === "wait" || started.kind === "gate") ? [[key, wait] as const] : [];
  });
}

/** The wait whose table is shown: of several, the first that has one. */
function tabledWait(ui: TerminalUi): WaitFacts | undefined {
  if (ui.screen.rows < lowest) return undefined;
  return waitingNow(ui).find(([, { looks }]) => looks.length > 0)?.[1];
}
