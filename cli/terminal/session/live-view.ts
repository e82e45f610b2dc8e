import { tallest } from "../screen/live-frame.ts";
import { wrapLine } from "../screen/wrap-line.ts";
import { guardLine } from "../watching/guard-line.ts";
import { tabledGuards } from "../watching/wait-view.ts";
import { besidesLines } from "./running-lines.ts";
import type { TerminalUi, View } from "./terminal-ui.ts";

/** The rows of a view, from the top: body, what runs besides, guards, message, then the menu or the input. */
export function regionOf(ui: TerminalUi, { body, showsWaits = false, message, foot }: View): string[] {
  const { columns, rows } = ui.screen;
  const wrap = (line: string): string[] => wrapLine(line, columns);
  const tabled = showsWaits ? tabledGuards(ui) : new Set<string>();
  const below = [
    ...(showsWaits ? [] : besidesLines(ui, "with waits")),
    ...[...ui.facts.guards.values()]
      .filter(({ guard }) => !tabled.has(guard.id))
      .map(guardLine)
      .flatMap(wrap),
    ...(message === undefined ? [] : wrap(message)),
    // wrapped already by whoever made it
    ...(typeof foot === "function" ? foot() : foot),
  ];
  return [...(body?.(Math.min(tallest, rows - 1) - below.length) ?? []), ...below];
}
