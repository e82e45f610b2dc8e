import type { Plan } from "../../dsl/plan/plan.ts";
import { guardsOf } from "../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import { doneKey } from "../../runners/events/run-event.ts";
import type { CoveredStep, Question } from "../../runners/questions/question.ts";
import { wrapLine } from "../terminal/screen/wrap-line.ts";
import { guardDoes } from "../terminal/session/undo-words.ts";
import { shownEffect, undoLinesOf } from "./effect-word.ts";
import { inertCommand } from "./inert-text.ts";
import { questionText } from "./question-text.ts";
import { differingLines } from "./step-change-lines.ts";
import { renderTable } from "./table.ts";

/** Lines of lockstep's own, as the window shows them; commands are wrapped by the terminal alone. */
type Own = (text: string) => string;

/**
 * A question with all that it is about: what an approval covers, the items of a checklist, the command to look at.
 *
 * @param columns Of the window that shows it; without one nothing is wrapped.
 */
export function renderQuestion(question: Question, plan: Plan, columns?: number): string {
  const own: Own = (text) =>
    columns === undefined
      ? text
      : text
          .split("\n")
          .flatMap((line) => (line === "" ? [""] : wrapLine(line, columns)))
          .join("\n");
  return own(`${question.number}  ${questionText(question)}\n`) + details(question, plan, own);
}

function details(question: Question, plan: Plan, own: Own): string {
  switch (question.kind) {
    case "approval":
      return approvalDetails(question, plan, own);
    case "checklist":
      return own(
        renderTable(
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
        ),
      );
    case "manual":
      return [
        question.instructions === undefined ? "" : own(`     ${question.instructions}\n`),
        commandLines(question.command),
        ...question.asks.map(({ name, gives }) =>
          own(`     asks    ${name}${gives === undefined ? "" : `: ${gives}`}\n`),
        ),
      ].join("");
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
  own: Own,
): string {
  const rows = covers.map(({ number, effect, title, remark }) => [
    number,
    shownEffect(effect),
    remark === undefined ? title : `${title}; ${remark}`,
  ]);
  return [
    `     Approves exactly this${covers.length === 0 ? ": nothing follows" : ":"}\n`,
    own(renderTable(rows, { indent: "       " })),
    commandsOf(covers),
    ...guardLines(covers, plan).map(own),
    secondPerson ? own("     by      somebody who has neither started nor resumed this run\n") : "",
    validForSeconds === undefined
      ? ""
      : own(`     holds   for ${formatDuration(validForSeconds)}, then it is asked for again\n`),
    approved.length === 0 ? "" : own(`     so far  approved by ${approved.join(", ")}\n`),
    `     digest  ${digest.slice(0, 12)}\n`,
  ].join("");
}

function commandsOf(covers: readonly CoveredStep[]): string {
  return covers
    .map((step) => {
      const { number, title, command } = step;
      if (command === undefined) return "";
      const undone = undoLinesOf(step).map(
        (line, index) => `     ${(index === 0 ? "undo" : "").padEnd(7)} ${inertCommand(line)}\n`,
      );
      return `\n     ${number}  ${title}\n${commandLines(command)}${undone.join("")}`;
    })
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
    (guard) =>
      `     guard   ${guard.from?.number ?? "-"} to ${guard.until?.number ?? "the end"}: ${guardDoes(plan, guard)} when a step fails, or at ${guard.alerts.map(({ title, text }) => `${title} ${text}`).join(", ")}\n`,
  );
}
