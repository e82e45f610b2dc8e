import type { Answer, Question } from "../../runners/questions/question.ts";

/** What is asked, in one line. */
export function questionText(question: Question): string {
  const { title } = question;
  switch (question.kind) {
    case "checklist": {
      const open = question.items.filter(({ ticked, checked }) => !ticked && !checked?.ok).length;
      return `${title}: ${open} item${open === 1 ? "" : "s"} for a person`;
    }
    case "manual":
      return `${title}: for a person to do`;
    case "approval":
      return `Approval by ${question.by.join(" or ")}: ${title}${question.quorum > 1 ? ` (${question.approved.length} of ${question.quorum})` : ""}`;
    case "start":
      return `${title}: run it?`;
    case "watch":
      return `${title}: seen enough?`;
    case "failed":
      return `${title} failed: ${question.remark}`;
    case "unknown":
      return `${title} may have happened, or not, or half: ${question.remark}`;
    case "inconclusive":
      return `${title} brought no number: ${question.remark}`;
    case "closed":
      return `${title} may not start now: ${question.remark}`;
    case "blind":
      return `${title} sees nothing: ${question.remark}`;
    case "tripped":
      return `${title} has tripped: ${question.remark}`;
    case "rollback":
      return `${title}: ${question.remark}`;
    case "changed":
      return `the runbook changed: ${question.changes.map(({ step, change }) => `${step} ${change}`).join(", ")}`;
    case "elsewhere":
      return `${title}: ${question.differences.map(({ what, before, now }) => `${what} ${now}, it was ${before}`).join("; ")}`;
    case "decision":
      return `${title}: decided as ${question.was}, and would now be ${question.now} (${question.changes.join("; ")})`;
    case "stale":
      return `${title} is done, but ${question.remark}`;
    default:
      return question satisfies never;
  }
}

/** What was answered to a question of that kind, in a word or two that stand before "by bo". */
export function answerText(kind: Question["kind"], answer: Answer): string {
  switch (answer.say) {
    case "approve":
      return "approved";
    case "tick":
      return `item${answer.items.length === 1 ? "" : "s"} ${answer.items.join(", ")} ticked`;
    case "done":
      return "done";
    case "run":
      return "started";
    case "run-to-end":
      return "to the end";
    case "retry":
      return "run again";
    case "skip":
      return `skipped (${answer.reason})`;
    case "overrule":
      return `${answer.items === undefined ? "" : `item${answer.items.length === 1 ? "" : "s"} ${answer.items.join(", ")} `}overruled (${answer.reason})`;
    case "there":
    case "missing":
    case "partly":
      return `found ${answer.say} (${answer.how})`;
    case "arm":
      return `armed again (${answer.reason})`;
    case "leave":
      return `left as it is (${answer.reason})`;
    case "undo":
      return `to be undone all the same (${answer.reason})`;
    case "accept":
      return `accepted${answer.again?.length ? `, ${answer.again.join(", ")} to run again` : ""}`;
    case "keep":
      return kind === "decision" ? "kept as decided" : "kept as done";
    case "again":
      return kind === "decision" ? "to be decided anew" : "to run again";
    case "roll-back":
      return "to be rolled back";
    case "refuse":
      return `refused (${answer.reason})`;
    case "seen":
      return "seen";
    case "stop":
      return "stopped";
    default:
      return answer satisfies never;
  }
}
