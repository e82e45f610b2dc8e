import { guardsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type { FinishedEvent, GuardStateEvent, RollbackStartedEvent } from "../../../runners/events/run-event.ts";
import { baseId, indexSteps } from "../../history/step-numbers.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import type { Line } from "../screen/screen.ts";
import { sentence } from "../session/fact-line.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { asksFirst } from "../session/undo-words.ts";
import { valueText } from "./sample-text.ts";
import { tripChart } from "./trip-chart.ts";

type At<T> = T & { readonly at: string };

/** Writes what a trip is: what was seen, what it ended, and what happens now. */
export interface TripRecord {
  tripped(event: At<GuardStateEvent>): void;
  /** True if the end of a step belongs to the trip, and needs no line of its own. */
  ended(event: At<FinishedEvent>): boolean;
  /** What the run does about it; without a trip it says only that. */
  answer(words: string): void;
}

/** More charts than these say no more. */
const mostCharts = 2;

export function createTripRecord(ui: TerminalUi): TripRecord {
  const { screen, facts, plan } = ui;
  const { style } = screen;
  const numbers = indexSteps(plan);
  let ended: string[] | undefined;
  let saidWhatRuns = false;

  return {
    tripped(event) {
      ended ??= [];
      const why = inertText(event.why ?? event.guard);
      const time = timeText(new Date(event.at));
      if (screen.mode === "plain") screen.print([`GUARD TRIPPED: ${why}, at ${time}.`, ...spokenRange(ui)]);
      else
        screen.print([
          { text: `${style.failed(`${style.marks.failed} GUARD TRIPPED: ${why}`)}  ${time}`, hang: 2 },
          ...charts(ui),
        ]);
      screen.bell();
      screen.interject(`GUARD TRIPPED: ${why}. Leave this to see what is done about it.`);
      const running = [...facts.running].filter(
        ([key, { ready, started }]) => !ready && staysRunning(ui, key, started.effect),
      );
      saidWhatRuns = running.length > 0;
      for (const [, { started }] of running)
        screen.print([own(ui, `${started.number} runs, and is left to end. Nothing new starts.`)]);
    },
    ended(event) {
      if (ended === undefined || event.outcome !== "not-started" || event.attempt === 0) return false;
      const wait = facts.waits.get(event.step);
      const of = wait === undefined || wait.of === 0 ? "" : ` of ${formatDuration(wait.of)}`;
      const took = of === "" ? event.seconds : Math.max(0, (wait?.of ?? 0) - (wait?.remaining ?? 0));
      ended.push(`${numbers.numberOf(event.step)} ended after ${formatDuration(Math.round(took))}${of}.`);
      return true;
    },
    answer(words) {
      const before = ended === undefined ? [] : [...ended, ...(saidWhatRuns ? [] : ["Nothing new starts."])];
      ended = undefined;
      screen.print([own(ui, [...before, words].join(" ")), ""]);
    },
  };
}

/** "Rolling back what ran since 3.2: Undo 3.2. You need not do anything.", where it will ask nothing. */
export function rollbackWords(ui: TerminalUi, { steps, scope, guard, why }: RollbackStartedEvent): string {
  const { plan, facts } = ui;
  const numbers = indexSteps(plan);
  const from = guardsOf(plan).find(({ id }) => id === guard)?.from?.number;
  const what = scope === "all" ? "all that ran" : `what ran since ${from ?? "the guard began"}`;
  const list =
    steps.length === 0 ? "there is nothing to undo" : `Undo ${steps.map((key) => numbers.numberOf(key)).join(", ")}`;
  const because = facts.trip === undefined ? ` ${sentence(inertText(why))}` : "";
  const asked = asksFirst(ui);
  // what its section undoes is named by the first of its steps
  const named = new Set(steps.map(baseId));
  const isCovered = (id: string): boolean => facts.stepOf(id)?.undo.kind === "covered";
  const needsNobody = ![...asked].some((id) => named.has(id) || isCovered(id));
  return `Rolling back ${what}: ${list}.${because}${needsNobody ? " You need not do anything." : ""}`;
}

function own({ screen }: TerminalUi, text: string): Line {
  return screen.mode === "plain" ? text : { text: `  ${text}`, hang: 2 };
}

function charts({ facts, screen: { columns, style } }: TerminalUi): string[] {
  const rounds = facts.trip?.rounds ?? [];
  const bad = rounds.at(-1)?.samples.filter((sample) => sample.bad) ?? [];
  return bad.slice(0, mostCharts).flatMap((sample) => tripChart({ rounds, sample, columns, style }));
}

/** What a chart shows, to be heard. */
function spokenRange({ facts }: TerminalUi): string[] {
  const rounds = facts.trip?.rounds ?? [];
  return (rounds.at(-1)?.samples ?? [])
    .filter(({ bad }) => bad)
    .flatMap((sample) => {
      const same = rounds
        .slice(0, -1)
        .flatMap(({ samples }) => samples.filter((each) => each.measurement === sample.measurement));
      const values = same
        .filter(({ value, bad }) => value !== undefined && !bad)
        .toSorted((one, other) => (one.value ?? 0) - (other.value ?? 0));
      const [lowest, highest] = [values[0], values.at(-1)];
      if (lowest === undefined || highest === undefined) return [];
      return [`Before, ${inertText(sample.title)} was between ${valueText(lowest)} and ${valueText(highest)}.`];
    });
}

/** A write is left to end; what only looks or waits ends at once. */
function staysRunning({ facts }: TerminalUi, key: string, effect: string): boolean {
  const step = facts.stepOf(key);
  return (
    effect !== "read" && step?.execution !== "person" && step?.action.kind !== "wait" && step?.interruptible !== true
  );
}
