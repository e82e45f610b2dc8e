import type { Plan } from "../../dsl/plan/plan.ts";
import { guardsOf } from "../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { doneKey } from "../../runners/events/run-event.ts";
import type { CoveredStep, Question } from "../../runners/questions/question.ts";
import { shownEffect } from "./effect-word.ts";
import { inertCommand } from "./inert-text.ts";
import { questionText } from "./question-text.ts";
import { differingLines } from "./step-change-lines.ts";
import { renderTable } from "./table.ts";

/** A question with all that it is about: what an approval covers, the items of a checklist, the command to look at. */
export function renderQuestion(question: Question, plan: Plan): string {
  return `${question.number}  ${questionText(question)}\n${details(question, plan)}`;
}

function details(question: Question, plan: Plan): string {
  switch (question.kind) {
    case "approval":
      return approvalDetails(question, plan);
    case "checklist":
      return renderTable(
        question.items.map(({ item, text, ticked, checked, by }) => {
          const remark =
            checked === undefined
              ? by === "secondPerson"
                ? "(a second person)"
                : ""
              : `(${checked.ok ? "looked at: holds" : "looked at: does not hold"})`;
          return [String(item), `[${ticked || checked?.ok ? "x" : " "}]`, `${text} ${remark}`.trimEnd()];
        }),
        { indent: "   ", right: [0] },
      );
    case "manual":
      return `${question.instructions === undefined ? "" : `     ${question.instructions}\n`}${commandLines(question.command)}${question.asks.map(({ name, gives }) => `     asks    ${name}${gives === undefined ? "" : `: ${gives}`}\n`).join("")}`;
    case "unknown":
    case "rollback":
    case "start":
      return commandLines(question.command);
    case "changed":
      return question.changes
        .map(
          (change) =>
            `     ${doneKey(change)} ${change.change}${change.mayRunAgain ? `: it is done, and is kept as done; --again ${doneKey(change)} runs it again` : ""}\n${differingLines(
              change,
            )
              .map(([sign, text]) => `     ${sign} ${text}\n`)
              .join("")}`,
        )
        .join("");
    default:
      return "";
  }
}

function approvalDetails(
  { covers, digest, approved, secondPerson, validForSeconds }: Extract<Question, { kind: "approval" }>,
  plan: Plan,
): string {
  const rows = covers.map(({ number, effect, title, remark }) => [
    number,
    shownEffect(effect),
    remark === undefined ? title : `${title}; ${remark}`,
  ]);
  return [
    `     Approves exactly this${covers.length === 0 ? ": nothing follows" : ":"}\n`,
    renderTable(rows, { indent: "       " }),
    commandsOf(covers),
    ...guardLines(covers, plan),
    secondPerson ? "     by      somebody who has neither started nor resumed this run\n" : "",
    validForSeconds === undefined
      ? ""
      : `     holds   for ${formatDuration(validForSeconds)}, then it is asked for again\n`,
    approved.length === 0 ? "" : `     so far  approved by ${approved.join(", ")}\n`,
    `     digest  ${digest.slice(0, 12)}\n`,
  ].join("");
}

function commandsOf(covers: readonly CoveredStep[]): string {
  return covers
    .map(({ number, command }) => (command === undefined ? "" : `\n     ${number}\n${commandLines(command)}`))
    .join("");
}

/** At column 0, so that what is copied from the screen is the command. */
function commandLines(command: string | undefined): string {
  return command === undefined || command === "" ? "" : `${command.split("\n").map(inertCommand).join("\n")}\n`;
}

function guardLines(covers: readonly CoveredStep[], plan: Plan): string[] {
  const ids = new Set(covers.map(({ step }) => step));
  const guards = guardsOf(plan).filter(({ covers: range }) => range.some((id) => ids.has(id)));
  return guards.map(
    ({ from, until, alerts }) =>
      `     guard   ${from?.number ?? "-"} to ${until?.number ?? "the end"}: when a step fails, or at ${alerts.map(({ title, text }) => `${title} ${text}`).join(", ")}\n`,
  );
}
