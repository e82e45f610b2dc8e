import { worstOf } from "../../../renderers/report/nearness.ts";
import type { FinishedEvent } from "../../../runners/events/run-event.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { WaitFacts } from "../session/wait-facts.ts";
import { spokenSample } from "./sample-text.ts";
import { watchTable } from "./watch-table.ts";

/** What was seen during a wait or a gate, whole, for the record; nothing where nothing watched. */
export function waitRecord(ui: TerminalUi, { step: key, outcome }: FinishedEvent): string[] {
  const wait = seenDuring(ui, key);
  if (wait === undefined) return [];
  const whole = outcome === "ok" ? { ...wait, remaining: 0 } : wait;
  const { mode, columns, style } = ui.screen;
  if (mode === "plain") return spoken(whole);
  return watchTable({ wait: whole, columns, style, room: Number.POSITIVE_INFINITY, part: "whole" });
}

/** "41 samples, no alert". */
export function looksText(ui: TerminalUi, key: string): string | undefined {
  const looks = seenDuring(ui, key)?.looks;
  if (looks === undefined) return undefined;
  const [bad, blind] = [
    looks.filter(({ samples }) => samples.some((sample) => sample.bad)).length,
    looks.filter(({ samples }) => samples.some(({ value }) => value === undefined)).length,
  ];
  return [
    `${looks.length} ${looks.length === 1 ? "sample" : "samples"}`,
    bad === 0 ? "no alert" : `${bad} with an alert`,
    ...(blind === 0 ? [] : [`${blind} without a number`]),
  ].join(", ");
}

function seenDuring({ facts }: TerminalUi, key: string): WaitFacts | undefined {
  const kind = facts.stepOf(key)?.action.kind;
  const wait = kind === "wait" || kind === "gate" ? facts.waits.get(key) : undefined;
  return wait === undefined || wait.looks.length === 0 ? undefined : wait;
}

function spoken({ looks }: WaitFacts): string[] {
  const samples = looks.flatMap((look) => look.samples);
  const keys = new Set(samples.map(({ measurement, alert }) => `${measurement} ${alert}`));
  return [...keys].flatMap((key) => {
    const worst = worstOf(samples.filter(({ measurement, alert }) => `${measurement} ${alert}` === key));
    return worst === undefined ? [] : [`${worst.op === "above" ? "Highest" : "Lowest"}: ${spokenSample(worst)}.`];
  });
}
