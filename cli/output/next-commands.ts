import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import type { ResumedEvent, StoppedEvent } from "../../runners/events/run-event.ts";
import { leftSteps } from "../runs/left-steps.ts";
import { indexSteps } from "../runs/step-numbers.ts";
import { rangeText } from "./range-text.ts";
import type { SummaryInput } from "./run-summary.ts";

/** What one types next, indented, with a remark where it is not plain. */
export function nextCommands({ run, plan, history }: SummaryInput): string[] {
  const { last, rollback } = history;
  const report = [`lockstep report ${run} > report.md`, "the record"];
  if (last?.type === "ended" && last.result === "ok")
    return columns([report, ...plan.next.map((id) => [`lockstep run ${id}`, ""])]);
  if (last?.type === "ended") {
    const left = rollback === undefined ? [] : leftSteps(plan, history).filter(canBeUndone);
    const more =
      left.length === 0 ? [] : [[`lockstep rollback ${run}`, `also undo what ran before (${rangeText(left)})`]];
    return columns([report, ...more, [runAgain(plan), "anew, after a fix"]]);
  }
  if (last?.reason === "rollback-failed")
    return columns([
      [`lockstep log ${run}`, "what happened"],
      [resumeCommand(run, last.reason), "try again"],
    ]);
  if (last?.reason === "changed")
    return columns([
      [resumeCommand(run, last.reason), "go on with the runbook as it is now"],
      ...undoRow(run, history),
    ]);
  return columns([
    ...askRows(run, plan, history),
    [resumeCommand(run, last?.reason, history.purpose), "go on"],
    ...undoRow(run, history),
  ]);
}

function canBeUndone({ undo }: PlanStep): boolean {
  return undo.kind === "actions" || undo.kind === "covered";
}

/** What goes on with a run that stopped. */
export function resumeCommand(
  run: string,
  reason: StoppedEvent["reason"] | undefined,
  purpose: ResumedEvent["purpose"] = "go-on",
): string {
  if (reason === "rollback-failed" || purpose === "rollback") return `lockstep rollback ${run}`;
  return `lockstep resume ${run}${reason === "changed" ? " --accept-changes" : ""}`;
}

/** A failed step is simply run again; everything else that is asked needs its answer first. */
function askRows(run: string, plan: SummaryInput["plan"], { questions }: SummaryInput["history"]): string[][] {
  const question = questions.findLast(({ kind }) => kind !== "failed");
  if (question === undefined) return [];
  return [
    [
      `lockstep approve ${run} ${indexSteps(plan).stepOf(question.step)?.number ?? question.step}`,
      "answer what it asks",
    ],
  ];
}

function undoRow(run: string, history: SummaryInput["history"]): string[][] {
  return changedSomething(history) ? [[`lockstep rollback ${run}`, "undo what ran"]] : [];
}

function runAgain({ id, parameters }: SummaryInput["plan"]): string {
  const needed = parameters.filter(({ declaration }) => declaration.type !== "secret" && !("default" in declaration));
  return ["lockstep run", id, ...needed.map(({ name }) => `-p ${flagOf(name)}=...`)].join(" ");
}

function changedSomething({ steps }: SummaryInput["history"]): boolean {
  return [...steps.values()].some(
    ({ started, finished }) =>
      started !== undefined &&
      started.effect !== "read" &&
      finished?.outcome !== "skipped" &&
      finished?.outcome !== "undone",
  );
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([command = ""]) => command.length));
  return rows.map(([command = "", remark = ""]) => `  ${command.padEnd(width)}    ${remark}`.trimEnd());
}
