import { LockstepError } from "../../dsl/errors/lockstep-error.ts";
import { didYouMean } from "../../dsl/errors/nearest.ts";
import type { Answer, Question } from "../../runners/questions/question.ts";

type Say = Answer["say"];

/** Which answers fit a question. */
export const fittingAnswers: Readonly<Record<Question["kind"], readonly Say[]>> = {
  checklist: ["tick", "overrule", "refuse", "stop"],
  manual: ["done", "refuse", "stop"],
  approval: ["approve", "refuse", "stop"],
  start: ["run", "run-to-end", "skip", "stop"],
  watch: ["seen", "stop"],
  failed: ["retry", "skip", "overrule", "roll-back", "stop"],
  unknown: ["there", "missing", "partly"],
  inconclusive: ["retry", "overrule", "roll-back", "stop"],
  blind: ["retry", "arm", "roll-back", "stop"],
  tripped: ["arm", "roll-back", "stop"],
  rollback: ["leave", "undo", "retry", "there", "missing", "partly", "stop"],
  changed: ["accept", "stop"],
};

/** How an answer is given by a flag. */
export const flagOfAnswer: Readonly<Record<Say, string>> = {
  approve: "--digest DIGEST",
  tick: "--tick ITEMS",
  done: "--done",
  run: "--run",
  "run-to-end": "--run",
  retry: "--retry",
  skip: "--skip REASON",
  overrule: "--overrule REASON",
  there: "--found there --how TEXT",
  missing: "--found missing --how TEXT",
  partly: "--found partly --how TEXT",
  arm: "--arm REASON",
  leave: "--leave REASON",
  undo: "--undo REASON",
  accept: "--accept",
  "roll-back": "--roll-back",
  refuse: "--refuse REASON",
  seen: "--seen",
  stop: "--stop",
};

/** Who answers, and what decides whether they may. */
export interface Answerer {
  readonly user: string;
  /** Users by role; a role that is not listed is held by everybody. */
  readonly roles: Readonly<Record<string, readonly string[]>>;
  /** Who runs it. */
  readonly operator: string;
}

/**
 * Refuses an answer that does not fit what is asked, or that this person may not give.
 *
 * @throws {LockstepError} `bad-argument`.
 */
export function checkAnswer(question: Question, answer: Answer, answerer: Answerer): void {
  const fitting = fittingAnswers[question.kind];
  if (!fitting.includes(answer.say))
    throw wrong(`${question.number} asks for ${kindText(question.kind)}, and ${flagOfAnswer[answer.say].split(" ")[0]} is no answer to that`, `Answer with ${fitting.map((say) => flagOfAnswer[say]).join(", or ")}`);
  if (question.kind === "approval" && answer.say === "approve") checkApproval(question, answer.digest, answerer);
  if (question.kind === "checklist" && answer.say === "tick") checkTicks(question, answer.items, answerer);
  if (question.kind === "manual" && answer.say === "done") checkAsks(question, answer.asks);
}

function checkApproval(question: Extract<Question, { kind: "approval" }>, digest: string, { user, roles }: Answerer): void {
  if (!mayApprove(question.by, user, roles))
    throw wrong(`${user} may not approve ${question.number}: it takes ${question.by.join(" or ")}`, `By lockstep.config.ts that is ${question.by.map((role) => roles[role]?.join(", ") || "nobody").join("; ")}`);
  if (question.approved.includes(user)) throw wrong(`${user} has approved ${question.number} already`, `It takes ${question.quorum} people`);
  if (digest !== question.digest) throw wrong(`what ${question.number} covers is not what "${digest}" stands for`, `Look at it again: lockstep approve RUN ${question.number}`);
}

/** A name that no role of the config has is held by everybody, since nothing says who holds it. */
export function mayApprove(by: readonly string[], user: string, roles: Answerer["roles"]): boolean {
  return by.some((name) => name === user || roles[name] === undefined || roles[name].includes(user));
}

function checkTicks({ items, number }: Extract<Question, { kind: "checklist" }>, ticked: readonly number[], { user, operator }: Answerer): void {
  const own = items.find(({ item, by }) => by === "secondPerson" && ticked.includes(item));
  if (own && user === operator) throw wrong(`item ${own.item} of ${number} is for a second person, and ${user} runs it`, "Ask somebody else to tick it");
  const failed = items.find(({ item, checked }) => checked?.ok === false && ticked.includes(item));
  if (failed) throw wrong(`item ${failed.item} of ${number} was looked at and does not hold: ${failed.checked?.remark ?? ""}`, `If it does all the same: --overrule REASON --items ${failed.item}`);
}

function checkAsks({ asks, number }: Extract<Question, { kind: "manual" }>, given: Readonly<Record<string, string>>): void {
  const names = asks.map(({ name }) => name);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined) throw wrong(`${number} does not ask for ${unknown}`, didYouMean(unknown, names, names.length === 0 ? "It asks for nothing: --done" : `It asks for ${names.join(", ")}`));
  const missing = names.filter((name) => (given[name] ?? "").trim() === "");
  if (missing.length > 0) throw wrong(`${number} asks for ${missing.join(", ")}`, `Add ${missing.map((name) => `--answer ${name}=...`).join(" ")}`);
}

function kindText(kind: Question["kind"]): string {
  return { approval: "an approval", checklist: "ticks", manual: "a manual step", unknown: "what you found" }[kind as string] ?? "a decision";
}

function wrong(message: string, hint: string | undefined): LockstepError {
  return new LockstepError({ code: "bad-argument", message, hint });
}
