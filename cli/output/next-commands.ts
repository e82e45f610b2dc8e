import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { Plan, PlanStep } from "../../dsl/plan/plan.ts";
import { mapShellTemplate } from "../../dsl/shell/map-shell-template.ts";
import type { ResumedEvent, StoppedEvent } from "../../runners/events/run-event.ts";
import { leftSteps } from "../history/left-steps.ts";
import type { RunHistory } from "../history/run-history.ts";
import { indexSteps } from "../history/step-numbers.ts";
import { partsOf } from "./plan-parts.ts";
import type { SummaryInput } from "./run-summary.ts";

/**
 * What one types next, indented, with a remark where it is not plain.
 *
 * @param width Columns of the window that shows it.
 */
export function nextCommands({ run, plan, history }: SummaryInput, width?: number): string[] {
  const { last, rollback } = history;
  const columns = (rows: readonly (readonly string[])[]): string[] => inColumns(rows, width);
  const report = [`lockstep report ${run} > report.md`, "the record"];
  if (last?.type === "ended" && last.result === "ok")
    return columns([report, ...plan.next.map((id) => [`lockstep run ${id}`, ""])]);
  if (last?.type === "ended") {
    const left = rollback === undefined ? [] : leftSteps(plan, history).filter(canBeUndone);
    const more = left.length === 0 ? [] : [[`lockstep rollback ${run}`, `also undo ${whatRan(plan, left)}`]];
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
    ...otherValuesRow(plan, history),
    ...(history.purpose === "rollback" ? [] : undoRow(run, history)),
  ]);
}

/** "Phase 1 (1.5, 1.3, 1.2)", in the order in which it is undone. */
function whatRan(plan: Plan, steps: readonly PlanStep[]): string {
  const parts = partsOf(plan).filter((part) => part.steps.some((one) => steps.some(({ id }) => id === one.id)));
  const name = parts.length === 1 ? parts[0]?.name : undefined;
  return `${name ?? "what ran before"} (${[...steps]
    .reverse()
    .map(({ number }) => number)
    .join(", ")})`;
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

/** A check that failed before anything was done may hold with other values of the parameters in its command. */
function otherValuesRow(plan: Plan, history: RunHistory): string[][] {
  const { last } = history;
  if (last?.type !== "stopped" || last.reason !== "failed" || last.step === undefined) return [];
  const used = parametersOf(indexSteps(plan).stepOf(last.step));
  return used.size === 0 || changedSomething(history) ? [] : [[runAgain(plan, used), "anew, with other values"]];
}

function parametersOf(step: PlanStep | undefined): ReadonlySet<string> {
  const names = new Set<string>();
  if (step?.command !== undefined)
    mapShellTemplate(step.command.template, (operand) => "param" in operand && names.add(operand.param));
  return names;
}

/** With a place for the values that it needs, and for those that are named. */
function runAgain({ id, parameters }: Plan, named: ReadonlySet<string> = new Set()): string {
  const needed = parameters.filter(
    ({ name, declaration }) => declaration.type !== "secret" && (named.has(name) || !("default" in declaration)),
  );
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

/** A command is never broken; one that is long sticks out, and where there is no room its remark stands below it. */
function inColumns(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const lengths = rows.map(([command = ""]) => command.length);
  const column = Math.max(...lengths.filter((length) => length <= usual), Math.min(...lengths));
  const beside = rows.map(([command = "", remark = ""]) => `  ${command.padEnd(column)}    ${remark}`.trimEnd());
  // in one column or below, not now here and now there
  const fits = (row: string): boolean => row.length < width;
  const areBeside = beside.every((row, index) => (lengths[index] ?? 0) > column || fits(row));
  return rows.flatMap(([command = "", remark = ""], index) => {
    const row = beside[index] ?? "";
    return areBeside && fits(row) ? [row] : [`  ${command}`, ...(remark === "" ? [] : [`      ${remark}`])];
  });
}

/** Longer commands do not push the remarks of the others away. */
const usual = 40;
