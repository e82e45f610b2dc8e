import { approvalCover } from "../engine/approval-cover.ts";
import { ask } from "../engine/ask.ts";
import type { Engine } from "../engine/engine.ts";
import { answersTo } from "../engine/question-name.ts";
import type { Actor } from "../events/run-event.ts";
import type { Unasked } from "../questions/question.ts";
import type { Attempt, AttemptResult } from "./executor.ts";
import { personText } from "./person-text.ts";

type ApprovalQuestion = Extract<Unasked, { readonly kind: "approval" }>;

/** Waits until enough people have approved exactly what follows. An approval of something else is void. */
export async function executeApproval(engine: Engine, attempt: Attempt): Promise<AttemptResult> {
  const { step } = attempt;
  for (;;) {
    const question = approvalQuestion(engine, attempt);
    const { approved, quorum } = question;
    if (approved.length >= quorum) return { kind: "done", exitCode: 0, remark: remarkOf(engine, question) };
    const { answer, by } = await ask(engine, step, question, attempt.signal);
    if (answer.say === "refuse")
      return {
        kind: "failed",
        remark: `refused by ${personText(engine, by)}: ${answer.reason}`,
        overrulable: false,
        declined: true,
      };
  }
}

/** What is asked, and who has approved exactly that so far. */
function approvalQuestion(engine: Engine, { step, key }: Attempt): ApprovalQuestion {
  if (step.action.kind !== "approval") throw new TypeError("not an approval");
  const { by, quorum, validForSeconds, secondPerson } = step.action;
  const title = engine.text(step.title);
  const question = {
    kind: "approval",
    step: key,
    number: step.number,
    title,
    by,
    quorum,
    ...(validForSeconds === undefined ? {} : { validForSeconds }),
    ...(secondPerson === undefined ? {} : { secondPerson }),
    procedure: engine.procedure,
    ...approvalCover(engine, step),
  } as const;
  return { ...question, approved: approvers(engine, { ...question, approved: [] }) };
}

/** "approved by alice, bo from bastion1". */
function remarkOf(engine: Engine, question: ApprovalQuestion): string {
  const people = consents(engine, question).filter(({ user }) => question.approved.includes(user));
  return `approved by ${[...new Set(people.map((by) => personText(engine, by)))].join(", ")}`;
}

/** The people who said yes to this very question. */
function approvers(engine: Engine, question: ApprovalQuestion): ApprovalQuestion["approved"] {
  const people = consents(engine, question).map(({ user }) => user);
  // who has taken over the run since is none of those who look at it from outside
  return [...new Set(people)].filter((user) => !(question.secondPerson && engine.operators.has(user)));
}

function consents(engine: Engine, question: ApprovalQuestion): readonly Actor[] {
  return answersTo(engine, question).flatMap(({ answer, by }) =>
    answer.say === "approve" && answer.digest === question.digest ? [by] : [],
  );
}
