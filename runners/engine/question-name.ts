import { isDeepStrictEqual } from "node:util";
import type { Question, QuestionItem, Unasked } from "../questions/question.ts";
import { hasExpired, yesTo } from "./approval-age.ts";
import type { Engine } from "./engine.ts";
import type { GivenAnswer } from "./run-state.ts";

/** The name of a question: that of the same one, asked before and not over, else a new one. */
export function nameQuestion(engine: Pick<Engine, "state" | "secondsSince" | "recorder">, question: Unasked): string {
  const { open, asked } = engine.state.questions;
  const before = open.get(question.step)?.question;
  // as the journal has it: a secret in its words must not make it another question each time
  if (before && asksTheSame(before, engine.recorder.masked(question)) && !isTooOld(engine, before)) return before.id;
  return `${question.step}#${(asked.get(question.step) ?? 0) + 1}`;
}

/** What was said to this very question, in order; what was said to an earlier one about the same step does not count. */
export function answersTo(
  engine: Pick<Engine, "state" | "secondsSince" | "recorder">,
  question: Unasked,
): readonly GivenAnswer[] {
  const name = nameQuestion(engine, question);
  return (engine.state.answers.get(question.step) ?? []).filter((given) => given.question === name);
}

/** Nothing that was said to it counts any more, and nothing that was signed for it: it is asked anew, by a new name. */
function isTooOld(engine: Pick<Engine, "state" | "secondsSince">, before: Question): boolean {
  return before.kind === "approval" && hasExpired(engine, before, yesTo(engine.state, before.step, before.id));
}

function asksTheSame(before: Question, now: Unasked): boolean {
  if (before.kind === "changed" && now.kind === "changed") return isDeepStrictEqual(before.changes, now.changes);
  if (before.kind === "elsewhere" && now.kind === "elsewhere")
    return isDeepStrictEqual(before.differences, now.differences);
  if (before.kind === "decision" && now.kind === "decision") return before.was === now.was && before.now === now.now;
  if (before.kind === "stale" && now.kind === "stale") return before.remark === now.remark;
  if (before.kind === "checklist" && now.kind === "checklist")
    return isDeepStrictEqual(before.items.map(wordsOf), now.items.map(wordsOf));
  // what was said to another digest is void, also when that digest comes back
  if (before.kind === "approval" && now.kind === "approval") return before.digest === now.digest;
  return before.kind === now.kind;
}

function wordsOf({ text, by }: QuestionItem): readonly unknown[] {
  return [text, by];
}
