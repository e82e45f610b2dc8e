import type { FinishedEvent, OutputEvent, ReadyEvent } from "../../../runners/events/run-event.ts";
import { indexSteps } from "../../history/step-numbers.ts";
import { timeText } from "../../output/clock-text.ts";
import type { Line } from "../screen/screen.ts";
import { factLine } from "./fact-line.ts";
import { logPath } from "./log-path.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What steps print beside the others: shown until they are ready, and in their log from then on. */
export interface BackgroundRecord {
  ready(event: ReadyEvent & { readonly at: string }): void;
  /** True if it is output that is not shown. */
  takes(event: OutputEvent): boolean;
  /** Where the rest of it is, at the end of the step. */
  leftOut(event: FinishedEvent): readonly Line[];
}

export function createBackgroundRecord(ui: TerminalUi): BackgroundRecord {
  const { screen, facts, plan } = ui;
  const { style, mode } = screen;
  const numbers = indexSteps(plan);
  const lines = new Map<string, number>();

  return {
    ready({ step: key, at }) {
      screen.endOutput(key);
      const [number, time] = [numbers.numberOf(key), timeText(new Date(at))];
      screen.print([
        mode === "plain"
          ? `Step ${number} ready, at ${time}.`
          : `${style.ok(`${style.marks.ok} ${number} ready`)}  ${time}`,
        "",
      ]);
    },
    takes({ step: key, text }) {
      if (facts.running.get(key)?.ready !== true) return false;
      lines.set(key, (lines.get(key) ?? 0) + text.split("\n").length - 1);
      return true;
    },
    leftOut(event) {
      const count = lines.get(event.step);
      lines.delete(event.step);
      const log = logPath(facts.runId, event);
      if (count === undefined || log === undefined) return [];
      return [factLine(ui, "log", `${log} (${count} ${count === 1 ? "line" : "lines"} since it was ready)`)];
    },
  };
}
