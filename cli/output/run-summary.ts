import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { guardsOf, responsesOf, stepsIn, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { leftSteps } from "../history/left-steps.ts";
import type { RunHistory, StepRecord } from "../history/run-history.ts";
import { indexSteps, type StepNumbers } from "../history/step-numbers.ts";
import { undoneAt } from "../history/undone-steps.ts";
import { wrapLine } from "../terminal/screen/wrap-line.ts";
import { timeText } from "./clock-text.ts";
import { outcomeWord } from "./end-words.ts";
import { inertText } from "./inert-text.ts";
import { nextCommands } from "./next-commands.ts";
import { rangeText } from "./range-text.ts";

/** What the end of a run is told from. */
export interface SummaryInput {
  readonly run: string;
  readonly plan: Plan;
  readonly history: RunHistory;
  /** UTC times of the first and the last event. */
  readonly began: string;
  readonly ended: string;
}

/**
 * What a run came to: the last words of `run`, `resume` and `rollback`, on standard output.
 *
 * @param columns Of the window that shows it; without one nothing is wrapped.
 */
export function renderSummary(input: SummaryInput, columns?: number): string {
  const { plan, history } = input;
  const numbers = indexSteps(plan);
  const facts = [
    ["run", runFact(input)],
    ["why", whyFact(history, numbers)],
    ["ok", okFact(plan, history)],
    ["overruled", listOf(plan, history, ({ finished }) => finished?.outcome === "overruled")],
    ["skipped", skippedFact(plan, history)],
    ["failed", listOf(plan, history, ({ finished }) => finished?.outcome === "failed")],
    ["unknown", listOf(plan, history, ({ finished }) => finished?.outcome === "unknown")],
    ["approved", approvedFact(history, numbers)],
    ["guard", guardFact(plan, history)],
    ["answer", answerFact(plan, history)],
    ["undone", undoneFact(history, numbers)],
    ["not run", notRunFact(plan, history)],
    ["left", leftFact(plan, history)],
  ] as const;
  const lines = facts.flatMap(([label, given]) => {
    const [first, ...more] = [given].flat();
    if (first === undefined || first === "") return [];
    return [...factRows(label, first, columns), ...more.flatMap((text) => factRows("", text, columns))];
  });
  const head = wrapped({ text: `${headline(history)}: ${inertText(plan.title)}`, hang: 2 }, columns);
  return `${[...head, ...lines, "Next", ...nextCommands(input, columns)].join("\n")}\n`;
}

/** A label of its own column, in a narrow window before its text. */
function factRows(label: string, text: string, columns: number | undefined): string[] {
  const isNarrow = columns !== undefined && columns < 60;
  const shown = inertText(text);
  const line = isNarrow
    ? { text: label === "" ? `    ${shown}` : `  ${label}: ${shown}`, hang: 4 }
    : { text: `  ${label.padEnd(9)} ${shown}`, hang: 12 };
  return wrapped(line, columns);
}

function wrapped(line: { readonly text: string; readonly hang: number }, columns: number | undefined): string[] {
  return columns === undefined ? [line.text] : wrapLine(line, columns);
}

/** The first word: what a person looks for. */
function headline({ last }: RunHistory): string {
  if (last === undefined) return "Ended";
  if (last.type === "ended")
    return { ok: "Done", "rolled-back": "Rolled back", answered: "Failed, and answered" }[last.result];
  return {
    failed: "Failed",
    suspended: "Suspended",
    declined: "Stopped",
    interrupted: "Interrupted",
    tripped: "Stopped by a guard",
    "rollback-failed": "NOT ROLLED BACK",
    changed: "Not resumed",
    disk: "Stopped",
  }[last.reason];
}

function runFact({ run, history, began, ended }: SummaryInput): string {
  const took = formatDuration((Date.parse(ended) - Date.parse(began)) / 1000);
  return `${run}, ${took}, exit code ${history.last?.exitCode ?? 1}`;
}

function whyFact({ last, trips, rollback }: RunHistory, numbers: StepNumbers): string {
  if (last?.type === "ended" && last.result === "ok") return "";
  const trip = trips.at(-1);
  if (trip !== undefined)
    return `${trip.why} at ${timeText(trip.at)}${trip.during === undefined ? "" : `, in ${numbers.numberOf(trip.during)}`}`;
  if (last?.type === "stopped") {
    const number = last.step === undefined ? "" : numbers.numberOf(last.step);
    const message = last.message.trim();
    // "Undo 3.2" and "2.1[3]" say it in more words than a message needs
    const shortest = (last.step !== undefined && numbers.stepOf(last.step)?.number) || number;
    const saysWhere = number === "" || last.reason === "changed" || message.split(/[\s,:]+/).includes(shortest);
    return saysWhere ? message : `${number}: ${message}`;
  }
  return rollback?.why ?? last?.message ?? "";
}

function okFact(plan: Plan, { latest, last }: RunHistory): string {
  if (last?.type === "ended" && last.result === "rolled-back") return "";
  const all = stepsOf(plan);
  const done = all.filter(
    ({ id }) => latest.get(id)?.finished?.outcome === "ok" || latest.get(id)?.finished?.outcome === "undone",
  );
  return `${done.length} of ${all.length}`;
}

/** "3.1 by alice, release-manager": who, and as what; a person who is named needs no role. */
function approvedFact({ approvals }: RunHistory, numbers: StepNumbers): string {
  return approvals
    .map(({ step, by: { user } }) => {
      const action = numbers.stepOf(step)?.action;
      const asks = action?.kind === "approval" ? action.by : [];
      const role = asks.length === 0 || asks.includes(user) ? "" : `, ${asks.join(" or ")}`;
      return `${numbers.numberOf(step)} by ${user}${role}`;
    })
    .join("; ");
}

function skippedFact(plan: Plan, { latest }: RunHistory): string {
  const reasons = new Map<string, PlanStep[]>();
  for (const step of stepsOf(plan)) {
    const finished = latest.get(step.id)?.finished;
    if (finished?.outcome !== "skipped") continue;
    const why = finished.remark ?? "";
    reasons.set(why, [...(reasons.get(why) ?? []), step]);
  }
  return [...reasons].map(([why, skipped]) => `${rangeText(skipped)}${why === "" ? "" : ` (${why})`}`).join(", ");
}

function listOf(plan: Plan, { latest }: RunHistory, fits: (record: StepRecord) => boolean): string {
  return stepsOf(plan)
    .flatMap((step) => {
      const record = latest.get(step.id);
      return record && fits(record)
        ? [`${step.number} ${step.title.text}${record.finished?.remark ? ` (${record.finished.remark})` : ""}`]
        : [];
    })
    .join(", ");
}

/** What was not seen is said as well: a sample without a number and a time without a watch are no good news. */
function guardFact(plan: Plan, { watched: { rounds, blind, bad }, gaps, trips }: RunHistory): string {
  const [guard, ...others] = guardsOf(plan);
  if (guard === undefined || trips.length > 0 || rounds + gaps.length === 0) return "";
  const isAlone = guard.from !== undefined && others.length === 0;
  const reach = isAlone ? ` from ${guard.from.number} to ${guard.until?.number ?? "the end"}` : "";
  const seen = [
    `${rounds === 0 ? "no" : rounds} sample${rounds > 1 ? "s" : ""}${reach}`,
    ...(blind === 0 ? [] : [`${blind} without a number`]),
    ...(rounds === 0 ? [] : [bad === 0 ? "no alert" : `${bad} with an alert`]),
  ].join(", ");
  const unwatched = gaps.map((seconds) => formatDuration(seconds)).join(" and ");
  return gaps.length === 0 ? seen : `${seen}; nobody watched for ${unwatched}`;
}

/** What was done because something failed or tripped. */
function answerFact(plan: Plan, { latest, response }: RunHistory): string {
  const answered = responsesOf(plan).find(({ owner }) => owner === response?.owner)?.response;
  if (answered?.kind !== "blocks") return "";
  return stepsIn(answered.body)
    .flatMap(({ id, number, title }) => {
      const outcome = latest.get(id)?.finished?.outcome;
      return outcome === undefined ? [] : [`${number} ${title.text} ${outcomeWord(outcome)}`];
    })
    .join(", ");
}

/** Newest first, as it was undone. */
function undoneFact({ steps }: RunHistory, numbers: StepNumbers): readonly string[] {
  return [...steps.values()]
    .reverse()
    .filter(({ key }) => !key.startsWith("undo:"))
    .flatMap((record) => {
      const at = undoneAt(record, { steps });
      const { key, started } = record;
      return at === undefined ? [] : [`${numbers.numberOf(key)} ${started?.title ?? ""}, at ${timeText(at)}`];
    });
}

function notRunFact(plan: Plan, { latest, last }: RunHistory): string {
  if (last?.type === "ended" && last.result === "ok") return "";
  const open = stepsOf(plan).filter(({ id, skipped }) => skipped === undefined && hasNotRun(latest.get(id)));
  const [early, never] = [true, false].map((begun) => open.filter(({ id }) => latest.has(id) === begun)) as [
    PlanStep[],
    PlanStep[],
  ];
  return [rangeText(never), early.length === 0 ? "" : `${rangeText(early)} ended early`].filter(Boolean).join("; ");
}

function hasNotRun(record: StepRecord | undefined): boolean {
  return record === undefined || record.finished?.outcome === "not-started";
}

function leftFact(plan: Plan, history: RunHistory): string {
  const left = history.rollback === undefined ? [] : leftSteps(plan, history);
  return left.length === 0 ? "" : `what ${rangeText(left)} did`;
}
