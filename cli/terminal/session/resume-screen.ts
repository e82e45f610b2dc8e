import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { stepsOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type { Cluster, FinishedEvent } from "../../../runners/events/run-event.ts";
import { doneSteps } from "../../history/done-steps.ts";
import { readHistory, type StepRecord } from "../../history/run-history.ts";
import type { RecordedRun } from "../../history/run-reader.ts";
import { dayText, timeText } from "../../output/clock-text.ts";
import { rangeText } from "../../output/range-text.ts";
import type { Line } from "../screen/screen.ts";
import { factLine } from "./fact-line.ts";
import { howText, journalFact, placeFacts, startPlace, titleLine, valueFacts } from "./start-screen.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { asksFirst } from "./undo-words.ts";

/** What whoever goes on with a run must know: whose it is, whether its runbook is the same, what is done, what comes. */
export function resumeLines(ui: TerminalUi, recorded: RecordedRun): Line[] {
  const fact = (label: string, text: string): Line => factLine(ui, label, text, startPlace);
  const history = readHistory(recorded.events);
  const done = doneSteps(ui.plan, history);
  const next = stepsOf(ui.plan).find(({ id, skipped }) => skipped === undefined && !done.has(id));
  return [
    titleLine(ui),
    fact("run", `${recorded.folder.id}, ${howText(ui)}, ${beganText(recorded)}`),
    ...placeFacts(ui, clusterBefore(recorded)),
    fact("runbook", runbookText(ui, recorded)),
    ...valueFacts(ui),
    journalFact(ui),
    ...approvalTexts(ui, recorded).map((text) => fact("approval", text)),
    fact("done", doneText(ui, done)),
    ...(next === undefined ? [] : [fact("next", nextText(next, history.latest.get(next.id)))]),
    "",
  ];
}

/** What whoever undoes a run must know: what would be undone, newest first, and what stays. */
export function rollbackLines(
  ui: TerminalUi,
  recorded: RecordedRun,
  { undone, stays }: { readonly undone: readonly PlanStep[]; readonly stays: readonly PlanStep[] },
): Line[] {
  const fact = (label: string, text: string): Line => factLine(ui, label, text, startPlace);
  const asked = asksFirst(ui);
  const name = ({ id, number, title }: PlanStep): string =>
    `${number} ${title.text}${asked.has(id) ? " (asks first)" : ""}`;
  const final = stays.filter(({ id }) => asked.has(id));
  return [
    titleLine(ui),
    fact("run", `${recorded.folder.id}, rollback, ${beganText(recorded)}`),
    ...placeFacts(ui, clusterBefore(recorded)),
    ...valueFacts(ui),
    journalFact(ui),
    ...undone.map((step, index) => fact(index === 0 ? "undoes" : "", name(step))),
    ...(undone.length === 0 ? [fact("undoes", "nothing: nothing ran that it could undo")] : []),
    ...(stays.length === 0
      ? []
      : [
          fact(
            "stays",
            final.length === 0 ? rangeText(stays) : `${rangeText(stays)} (asks at ${rangeText(final)} first)`,
          ),
        ]),
    "",
  ];
}

/** That of the last decision where the run goes on. */
function clusterBefore({ events }: RecordedRun): Cluster | undefined {
  const last = events.findLast(({ type }) => type === "created" || type === "place-changed");
  return last?.type === "created" || last?.type === "place-changed" ? last.place?.cluster : undefined;
}

/** "started 03:07:12, stopped by alice 26m ago". */
function beganText({ events, created }: RecordedRun): string {
  const { last } = readHistory(events);
  const started = `started ${isToday(created.at) ? timeText(created.at) : dayText(created.at)} by ${created.by.user}`;
  const end = events.at(-1)?.at ?? created.at;
  const ago = `${formatDuration(Math.max(0, Math.round((Date.now() - Date.parse(end)) / 1000)))} ago`;
  if (last === undefined) return `${started}, its process is gone, last heard of ${ago}`;
  return `${started}, ${last.type === "ended" ? "ended" : last.reason === "declined" ? "stopped" : last.reason} ${ago}`;
}

function isToday(at: string): boolean {
  return new Date(at).toDateString() === new Date().toDateString();
}

function runbookText({ plan }: TerminalUi, { created }: RecordedRun): string {
  const [was, now] = [created.runbookDigest, plan.runbookDigest].map((digest) => digest.slice(0, 12));
  return was === now ? `unchanged (${now})` : `CHANGED since the run began (${was}, now ${now})`;
}

function doneText(ui: TerminalUi, done: ReadonlyMap<string, StepRecord>): string {
  const fits = (...outcomes: FinishedEvent["outcome"][]): readonly PlanStep[] =>
    stepsOf(ui.plan).filter(({ id }) => outcomes.includes(done.get(id)?.finished?.outcome ?? "failed"));
  const [ok, skipped] = [fits("ok", "overruled"), fits("skipped")];
  const parts = [rangeText(ok), skipped.length === 0 ? "" : `${rangeText(skipped)} skipped`];
  return parts.filter(Boolean).join("; ") || "nothing yet";
}

/** An approval binds what it covers; the engine asks anew where any of that has changed. */
function approvalTexts({ plan }: TerminalUi, { events, created }: RecordedRun): string[] {
  const digests = events.flatMap((event) => (event.type === "plan-changed" ? [event.planDigest] : []));
  const unchanged = (digests.at(-1) ?? created.planDigest) === plan.digest;
  return stepsOf(plan).flatMap(({ id, number, action }) => {
    const approved = events.filter(
      (event) => event.type === "answered" && event.step === id && event.answer.say === "approve",
    );
    const last = approved.at(-1);
    if (action.kind !== "approval" || last?.type !== "answered") return [];
    const who = `${last.by.user}, ${timeText(last.at)}`;
    return unchanged
      ? `${number} holds: ${who}; nothing that it covers has changed`
      : `${number} by ${who}; asked again if what it covers has changed`;
  });
}

/** "1.6 Wait for green: failed at 03:18:44, exit code 1". */
function nextText({ number, title, execution, effect }: PlanStep, record: StepRecord | undefined): string {
  const name = `${number} ${title.text}`;
  if (record?.reopened) return `${name}: runs again`;
  if (record?.finished !== undefined) {
    const { outcome, at, remark, begun } = record.finished;
    if (begun && remark !== undefined) return `${name}: ${remark}, at ${timeText(at)}`;
    const word = outcome === "not-started" ? "not started" : outcome === "unknown" ? "UNKNOWN" : outcome;
    return `${name}: ${word} at ${timeText(at)}${remark === undefined ? "" : `, ${remark}`}`;
  }
  if (record?.started === undefined || execution === "person") return name;
  const began = `began ${timeText(record.started.at)}, no end is recorded`;
  return `${name}: ${effect === "read" ? began : `UNKNOWN, ${began}`}`;
}
