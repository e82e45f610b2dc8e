import { flagOf } from "../../dsl/params/parameter-flag.ts";
import type { SummaryInput } from "./run-summary.ts";
import { placeOf } from "../runs/run-state.ts";
import { indexSteps } from "../runs/step-numbers.ts";

/** What one types next, indented, with a remark where it is not plain. */
export function nextCommands({ run, plan, history }: SummaryInput): string[] {
  const { last, rollback } = history;
  const report = [`lockstep report ${run} > report.md`, "the record"];
  if (last?.type === "ended" && last.result === "ok") return columns([report, ...plan.next.map((id) => [`lockstep run ${id}`, ""])]);
  if (last?.type === "ended") {
    const more = rollback?.scope === "since-guard" ? [[`lockstep rollback ${run}`, "also undo what ran before the guard"]] : [];
    return columns([report, ...more, [runAgain(plan), "anew, after a fix"]]);
  }
  if (last?.reason === "rollback-failed")
    return columns([[`lockstep log ${run}`, "what happened"], [`lockstep rollback ${run}`, "try again"]]);
  const place = placeOf(history);
  const ask = history.questions.length > 0 && place !== undefined ? [[`lockstep approve ${run} ${indexSteps(plan).stepOf(place)?.number ?? place}`, "answer what it asks"]] : [];
  const undo = changedSomething(history) ? [[`lockstep rollback ${run}`, "undo what ran"]] : [];
  return columns([...ask, [`lockstep resume ${run}`, "go on"], ...undo]);
}

function runAgain({ id, parameters }: SummaryInput["plan"]): string {
  const needed = parameters.filter(({ declaration }) => declaration.type !== "secret" && !("default" in declaration));
  return ["lockstep run", id, ...needed.map(({ name }) => `-p ${flagOf(name)}=...`)].join(" ");
}

function changedSomething({ steps }: SummaryInput["history"]): boolean {
  return [...steps.values()].some(({ started, finished }) => started !== undefined && started.effect !== "read" && finished?.outcome !== "skipped" && finished?.outcome !== "undone");
}

function columns(rows: readonly (readonly string[])[]): string[] {
  const width = Math.max(...rows.map(([command = ""]) => command.length));
  return rows.map(([command = "", remark = ""]) => `  ${command.padEnd(width)}    ${remark}`.trimEnd());
}
