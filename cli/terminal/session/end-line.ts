import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { longDuration } from "../../../renderers/page/words.ts";
import type { FinishedEvent } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { outcomeWord } from "../../output/event-text.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Style } from "../screen/style.ts";
import { sentence, upperFirst } from "./fact-line.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** "✓ 3.2 ok  0.9s  03:13:05  as expected": mark, number, word, duration, time, remark. */
export function endLine(
  { screen: { style, mode } }: Pick<TerminalUi, "screen">,
  number: string,
  { outcome, seconds, at, remark, retryIn }: FinishedEvent & { readonly at: string },
  more?: string,
): string {
  const word = outcomeWord(outcome);
  const took = seconds > 0 && outcome !== "skipped";
  const time = timeText(new Date(at));
  const remarks = [
    ...(remark === undefined ? [] : [inertText(remark)]),
    ...(more === undefined ? [] : [more]),
    ...(retryIn === undefined ? [] : [`again in ${formatDuration(retryIn)}`]),
  ];
  if (mode === "plain") {
    const after = took
      ? `, after ${longDuration(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds))}`
      : "";
    return sentence([`Step ${number} ${word}${after}, at ${time}`, ...remarks.map(upperFirst)].join(". "));
  }
  const { mark, paint } = lookOf(style, outcome);
  const parts = [
    `${paint(mark)} ${number} ${paint(word)}`,
    ...(took ? [formatDuration(seconds)] : []),
    time,
    ...remarks,
  ];
  return parts.join("  ");
}

/** "– 2.3, 2.4 skipped  03:08:10  schema-changed is no". */
export function skippedLine(
  { screen: { style, mode } }: Pick<TerminalUi, "screen">,
  numbers: string,
  at: string,
  remark: string,
): string {
  const time = timeText(new Date(at));
  if (mode === "plain") return sentence(`Step ${numbers} skipped, at ${time}. ${upperFirst(inertText(remark))}`);
  return `${style.marks.skipped} ${numbers} skipped  ${time}  ${inertText(remark)}`;
}

function lookOf(
  { marks, ok, failed, caution }: Style,
  outcome: FinishedEvent["outcome"],
): { readonly mark: string; readonly paint: (text: string) => string } {
  switch (outcome) {
    case "ok":
    case "overruled":
      return { mark: marks.ok, paint: ok };
    case "skipped":
    case "not-started":
      return { mark: marks.skipped, paint: (text) => text };
    case "undone":
      return { mark: marks.undone, paint: caution };
    case "failed":
    case "unknown":
      return { mark: marks.failed, paint: failed };
  }
}
