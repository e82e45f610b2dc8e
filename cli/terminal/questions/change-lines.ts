import { passesOf } from "../../../runners/engine/passes.ts";
import { doneKey, type StepChange } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { differingLines } from "../../output/step-change-lines.ts";
import type { Line } from "../screen/screen.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import type { Asked } from "./question-view.ts";

/** Every change with what differs, then the steps that only say it in other words. */
export function changesLines(ui: TerminalUi, { changes, reworded, source }: Asked<"changed">): Line[] {
  const numbers = reworded.map((step) => numberOf(ui, step)).join(", ");
  const words = [
    ...(numbers === "" ? [] : [`Wording only, no effect: ${numbers}.`]),
    ...(source === undefined ? [] : [`As it was: ${source}`]),
  ];
  return [...changes.flatMap((change) => changeLines(ui, change)), ...(words.length === 0 ? [] : [words.join(" ")])];
}

/** "Goes on with the runbook as it is now: 1.5 kept as done, 1.6 as edited." */
export function goesOnWords(ui: TerminalUi, changes: readonly StepChange[], again: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const change of changes) {
    const word = again.includes(doneKey(change)) ? "to run again" : wordOf(change);
    groups.set(word, [...(groups.get(word) ?? []), numberOf(ui, doneKey(change))]);
  }
  const parts = [...groups].map(([word, numbers]) => `${numbers.join(", ")} ${word}`);
  return inertText(`Goes on with the runbook as it is now: ${parts.join("; ")}.`);
}

export function numberOf({ facts }: TerminalUi, key: string): string {
  const step = facts.stepOf(key);
  return step === undefined ? key : step.number + passesOf(key);
}

function wordOf({ change, done, mayRunAgain }: StepChange): string {
  if (change === "removed") return done ? "no longer there, and as it was done" : "no longer there";
  if (done || mayRunAgain) return "kept as done";
  return change === "inserted" ? "as inserted" : `as ${change}`;
}

/** "1.5  Deploy the green application: done at 03:08:44, its command changed", then what differs. */
function changeLines(ui: TerminalUi, change: StepChange): Line[] {
  const { style, mode } = ui.screen;
  const key = doneKey(change);
  const step = ui.facts.stepOf(key);
  const name = step === undefined ? key : `${numberOf(ui, key)}  ${step.title.text}`;
  const at = ui.facts.ended.get(key);
  const done = change.done || change.mayRunAgain ? `done${at === undefined ? "" : ` at ${timeText(at)}`}` : "not done";
  const how = change.change === "edited" ? `${change.what ?? "what it does"} changed` : change.change;
  const lines = differingLines(change).map(([sign, text]): Line => {
    if (mode === "plain") return `${sign === "-" ? "It was" : "It is now"}: ${text}`;
    return { text: `     ${sign} ${text}`, hang: 7 };
  });
  return [style.title(inertText(`${name}: ${step === undefined && !change.done ? "" : `${done}, `}${how}`)), ...lines];
}
