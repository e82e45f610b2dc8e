import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { fittingAnswers, refusalOf } from "../../runners/engine/check-answer.ts";
import type { Actor } from "../../runners/events/run-event.ts";
import { identify } from "../../runners/identity/identify.ts";
import { namesOf, type Signers } from "../../runners/identity/signers.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";

type Say = Answer["say"];

/** How an answer is given by a flag; some are one flag with several words. */
const flagOfAnswer: Readonly<Record<Say, string>> = {
  approve: "--digest DIGEST",
  tick: "--tick ITEMS",
  done: "--done",
  run: "--run",
  "run-to-end": "--run-to-end",
  retry: "--retry",
  skip: "--skip REASON",
  overrule: "--overrule REASON",
  there: "--found there|missing|partly --how TEXT",
  missing: "--found there|missing|partly --how TEXT",
  partly: "--found there|missing|partly --how TEXT",
  arm: "--arm REASON",
  leave: "--leave REASON",
  undo: "--undo REASON",
  accept: "--accept",
  keep: "--keep",
  again: "--again",
  "roll-back": "--roll-back",
  refuse: "--refuse REASON",
  seen: "--seen",
  stop: "--stop",
};

/** Who answers, and what decides whether they may. */
export interface Answerer {
  readonly by: Actor;
  /** Users by role; without any, everybody holds every role; else one that is not listed is the name of a person. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Users who started or resumed it. */
  readonly operators: ReadonlySet<string>;
  /** Whose signatures count. */
  readonly signers: Signers | undefined;
}

/**
 * Refuses, before it is sent, what the run would refuse: an answer that does not fit what is asked, or that this
 * person may not give.
 *
 * @returns Who answers: the signer, where it is signed.
 * @throws {LockstepError} `bad-argument`.
 */
export async function checkAnswer(
  question: Question,
  answer: Answer,
  { by, roles, operators, signers }: Answerer,
): Promise<Actor> {
  if (!fittingAnswers[question.kind].includes(answer.say)) {
    const [flag] = flagOfAnswer[answer.say].split(" ");
    throw wrong(
      `${question.number} asks for ${kindText(question)}, which ${flag} does not answer`,
      `Answer with ${flagsFor(question)}`,
    );
  }
  const identified = await identify({ question, answer, by, signers, operators, vouched: false });
  const refusal =
    "refusal" in identified
      ? identified.refusal
      : await refusalOf({ roles, operators: namesOf(signers, operators) }, question, answer, identified.by);
  if (refusal !== undefined) throw wrong(`this does not answer ${question.number}: ${refusal}`, hintFor(question));
  return "refusal" in identified ? by : identified.by;
}

/** The flags that answer a question, as a list to read. */
export function flagsFor(question: Question): string {
  const flags = fittingAnswers[question.kind].map((say) => {
    if (say === "approve" && question.kind === "approval") return `--digest ${question.digest.slice(0, 12)}`;
    if (say === "done" && question.kind === "manual" && question.asks.length > 0)
      return question.asks.map(({ name }) => `--answer ${name}=...`).join(" ");
    if (say === "accept" && question.kind === "changed" && question.changes.some(({ mayRunAgain }) => mayRunAgain))
      return "--accept [--again STEP]";
    return flagOfAnswer[say];
  });
  return [...new Set(flags)].join(", or ");
}

function hintFor(question: Question): string | undefined {
  if (question.kind === "approval")
    return `It takes ${question.by.join(" or ")}${question.quorum > 1 ? `, ${question.quorum} people, of whom ${question.approved.length} ${question.approved.length === 1 ? "has" : "have"} approved` : ""}; the digest is ${question.digest.slice(0, 12)}`;
  if (question.kind === "manual" && question.asks.length > 0)
    return `Add ${question.asks.map(({ name }) => `--answer ${name}=...`).join(" ")}`;
  if (question.kind === "unknown" && question.gives.length > 0)
    return `Add ${question.gives.map(({ name }) => `--output ${name}=...`).join(" ")}`;
  return question.kind === "checklist" ? `Its items are 1 to ${question.items.length}` : undefined;
}

function kindText({ kind }: Question): string {
  switch (kind) {
    case "approval":
      return "an approval";
    case "checklist":
      return "ticks";
    case "manual":
      return "what a person does";
    case "unknown":
      return "what you found";
    default:
      return "a decision";
  }
}

function wrong(message: string, hint: string | undefined): LockstepError {
  return new LockstepError({ code: "bad-argument", message, hint });
}
