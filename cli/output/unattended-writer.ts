import type { Plan } from "../../dsl/plan/plan.ts";
import {
  doneKey,
  type OutputEvent,
  type ResumedEvent,
  type RunEvent,
  type StepChange,
} from "../../runners/events/run-event.ts";
import { indexSteps } from "../history/step-numbers.ts";
import { timeText } from "./clock-text.ts";
import { type EventText, eventText, type Weight } from "./event-text.ts";
import { inertOutput, inertText } from "./inert-text.ts";
import { resumeCommand } from "./next-commands.ts";
import { differingLines } from "./step-change-lines.ts";

/** How much is shown: `quiet` what needs a person and what went wrong, `verbose` every event. */
export type Verbosity = "quiet" | "normal" | "verbose";

export interface UnattendedWriterOptions {
  readonly plan: Plan;
  /** Its id; a new run tells it by its first event. */
  readonly run?: string | undefined;
  readonly verbosity?: Verbosity;
  /** The steps that had begun before, by id. */
  readonly begun?: Iterable<string>;
  /** Colours a line by its word; nothing unless given. */
  readonly paint?: (word: string) => string;
  /** For output, which has no time of its own. */
  readonly now?: () => Date;
}

/** Characters of a line without an end that are waited with; then they are a line. */
const longestLine = 8192;

/** A guard that has nothing to say is shown this often, in milliseconds. */
const quietSamplesEvery = 60_000;

const shownWeights: Readonly<Record<Verbosity, readonly Weight[]>> = {
  quiet: ["high"],
  normal: ["high", "normal"],
  verbose: ["high", "normal", "low"],
};

/**
 * The log of a run that nobody watches: one line an event, `03:15:03 0.3   ok        0.1s, as expected`, never
 * redrawn and never wrapped. Output has `|` for its word, and no control sequence of it is left.
 *
 * @returns The lines of each event, without newlines.
 */
export function createUnattendedWriter(options: UnattendedWriterOptions): (event: RunEvent) => readonly string[] {
  const { plan, verbosity = "normal", paint = (word) => word, now = () => new Date() } = options;
  const begun = new Set(options.begun);
  const context = { plan, numbers: indexSteps(plan), run: options.run, begun };
  const unfinished = new Map<string, string>();
  /** Of each guard and gate: when a sample was shown that is well, and whether the last one had all its numbers. */
  const shownAt = new Map<string, number>();
  const blind = new Set<string>();
  let run = options.run ?? "RUN";
  let purpose: ResumedEvent["purpose"] = "go-on";

  const line = (at: string | Date, { place, word, text }: Omit<EventText, "weight">): string =>
    `${timeText(at)} ${place.padEnd(5)} ${paint(word)}${" ".repeat(Math.max(0, 9 - word.length))} ${inertText(text)}`.trimEnd();

  return (event) => {
    if (event.type === "tick") return [];
    if (event.type === "created") run = event.run;
    if (event.type === "started") begun.add(event.id);
    if (event.type === "resumed") purpose = event.purpose;
    if (event.type === "output") return verbosity === "quiet" ? [] : outputLines(event);
    const rest = event.type === "finished" ? flush(event.step, event.at) : [];
    if (event.type === "sampled" && isBoring(event)) return rest;
    const text = eventText(event, context);
    const shown = shownWeights[verbosity].includes(text.weight) ? [line(event.at, text)] : [];
    return [
      ...rest,
      ...shown,
      ...(event.type === "asked" ? changeLines(event) : []),
      ...(event.type === "stopped" ? howToGoOn(event) : []),
    ];
  };

  function outputLines({ step, number, text }: OutputEvent): string[] {
    const parts = ((unfinished.get(step) ?? "") + text).split("\n").flatMap(inPieces);
    unfinished.set(step, parts.pop() ?? "");
    return parts.map((part) => line(now(), { place: number, word: "|", text: inertOutput(part) }));
  }

  /** What a command printed last may have no newline. */
  function flush(step: string, at: string): string[] {
    const rest = unfinished.get(step) ?? "";
    unfinished.delete(step);
    if (rest === "" || verbosity === "quiet") return [];
    return [line(at, { place: context.numbers.numberOf(step), word: "|", text: inertOutput(rest) })];
  }

  /** That there is no number is said once, and that there is one again; an alert is said whenever it holds. */
  function isBoring({ at, samples, guard, gate }: Extract<RunEvent, { type: "sampled" }>): boolean {
    const who = guard ?? gate ?? "";
    const [wasBlind, isBlind] = [blind.has(who), samples.some(({ value }) => value === undefined)];
    if (isBlind) blind.add(who);
    else blind.delete(who);
    if (verbosity === "verbose" || samples.some(({ bad }) => bad)) return false;
    if (isBlind || wasBlind) return isBlind === wasBlind;
    if (Date.parse(at) - (shownAt.get(who) ?? 0) < quietSamplesEvery) return true;
    shownAt.set(who, Date.parse(at));
    return false;
  }

  function howToGoOn({ at, reason, step }: Extract<RunEvent, { type: "stopped" }>): string[] {
    const place = step === undefined ? "" : ` ${context.numbers.stepOf(step)?.number ?? step}`;
    const answer =
      reason === "suspended"
        ? [line(at, { place: "run", word: "answer", text: `lockstep approve ${run}${place}` })]
        : [];
    return [...answer, line(at, { place: "run", word: "then", text: resumeCommand(run, reason, purpose) })];
  }

  function changeLines({ at, question }: Extract<RunEvent, { type: "asked" }>): string[] {
    if (question.kind !== "changed") return [];
    return question.changes.flatMap((change) => {
      const head = {
        place: context.numbers.numberOf(doneKey(change)),
        word: change.change,
        text: standsText(change),
      };
      return [
        line(at, head),
        ...differingLines(change).map(([sign, text]) => line(at, { place: "", word: sign, text })),
      ];
    });
  }
}

/** What accepting it means for it, and how to say otherwise. */
function standsText(change: StepChange): string {
  const { done, mayRunAgain, lacks } = change;
  const key = doneKey(change);
  if (!done && !mayRunAgain) return "";
  if (lacks) return `it is done, but did not give ${lacks.join(", ")}; it takes --again ${key}`;
  return `it is done, and is kept as done if that is accepted${mayRunAgain ? `; --again ${key} runs it again` : ""}`;
}

/** A gigabyte without a newline must neither fill the memory nor be joined anew with each piece of it that comes. */
function inPieces(line: string): readonly string[] {
  if (line.length <= longestLine) return [line];
  const count = Math.ceil(line.length / longestLine);
  return Array.from({ length: count }, (_, index) => line.slice(index * longestLine, (index + 1) * longestLine));
}
