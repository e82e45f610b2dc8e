import fastStringWidth from "fast-string-width";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { longDuration, upperFirst } from "../../../renderers/page/words.ts";
import type { FinishedEvent } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { outcomeWord } from "../../output/end-words.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line, Screen } from "../screen/screen.ts";
import type { Style } from "../screen/style.ts";
import { textWidth } from "../screen/wrap-line.ts";
import { narrow, sentence } from "./fact-line.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/**
 * "✓ 3.2 ok  0.9s  03:13:05  as expected": mark, number, word, duration, time, remark. What does not fit beside the
 * time in a narrow window stands below.
 */
export function endLines(
  { screen }: Pick<TerminalUi, "screen">,
  number: string,
  { outcome, seconds, at, remark, retryIn, begun }: FinishedEvent & { readonly at: string },
  more?: string,
): Line[] {
  const { style, mode } = screen;
  const word = begun && remark !== undefined ? inertText(remark) : outcomeWord(outcome);
  const took = seconds > 0 && outcome !== "skipped" && outcome !== "not-started";
  const time = timeText(new Date(at));
  const remarks = [
    ...(remark === undefined || begun ? [] : [inertText(remark)]),
    ...(more === undefined ? [] : [more]),
    ...(retryIn === undefined ? [] : [`again in ${formatDuration(retryIn)}`]),
  ];
  if (mode === "plain") {
    const after = took
      ? `, after ${longDuration(seconds < 10 ? Math.round(seconds * 10) / 10 : Math.round(seconds))}`
      : "";
    return [sentence([`Step ${number} ${word}${after}, at ${time}`, ...remarks.map(upperFirst)].join(". "))];
  }
  const { mark, paint } = lookOf(style, outcome);
  const parts = [`${paint(mark)} ${number} ${paint(word)}`, ...(took ? [formatDuration(seconds)] : []), time];
  return withRemarks(screen, parts, remarks);
}

function withRemarks({ columns }: Screen, parts: readonly string[], remarks: readonly string[]): Line[] {
  const whole = [...parts, ...remarks].join("  ");
  if (columns >= narrow || fastStringWidth(whole) <= textWidth(columns)) return [whole];
  return [parts.join("  "), ...remarks.map((text) => ({ text: `  ${text}`, hang: 2 }))];
}

/** "– 2.3, 2.4 skipped  03:08:10  schema-changed is no". */
export function skippedLines(
  { screen }: Pick<TerminalUi, "screen">,
  numbers: string,
  at: string,
  remark: string,
): Line[] {
  const { style, mode } = screen;
  const time = timeText(new Date(at));
  if (mode === "plain") return [sentence(`Step ${numbers} skipped, at ${time}. ${upperFirst(inertText(remark))}`)];
  return withRemarks(screen, [`${style.marks.skipped} ${numbers} skipped`, time], [inertText(remark)]);
}

/** The last words of what failed stand right above its end line. */
export function withoutWords<E extends FinishedEvent>(event: E): E {
  const code = `exit code ${event.exitCode}`;
  return event.remark?.startsWith(`${code}: `) ? { ...event, remark: code } : event;
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
