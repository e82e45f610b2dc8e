import { isDeepStrictEqual } from "node:util";
import type { Actor, JournalEvent } from "../events/run-event.ts";
import type { Answer, Question, QuestionItem, Unasked } from "../questions/question.ts";
import type { GivenAnswer, Moment, RunState } from "./run-state.ts";

/** A question that stands, with its answer if nothing has followed from that yet. */
export interface OpenQuestion {
  readonly question: Question;
  readonly askedAt: Moment & { readonly boot: string };
  readonly answered?: { readonly answer: Answer; readonly by: Actor };
}

/** What a run asks, by the step or guard that it is about. */
export interface Questions {
  readonly open: Map<string, OpenQuestion>;
  /** How many different ones have been asked. */
  readonly asked: Map<string, number>;
}

/** A question is over when something has followed from its answer, or when what it was about has changed. */
export function applyToQuestions({ open, asked }: Questions, event: JournalEvent, at: Moment): void {
  switch (event.type) {
    case "asked": {
      const { question, boot } = event;
      if (open.get(question.step)?.question.id !== question.id)
        asked.set(question.step, (asked.get(question.step) ?? 0) + 1);
      open.set(question.step, { question, askedAt: { ...at, boot } });
      return;
    }
    case "answered": {
      const { step, answer, by } = event;
      const before = open.get(step);
      // it stays as it is, and nothing else follows
      if (answer.say === "keep") open.delete(step);
      else if (before && isWhole(before.question, answer)) open.set(step, { ...before, answered: { answer, by } });
      return;
    }
    case "started":
      if (!event.attached) open.delete(event.step);
      return;
    case "finished":
    case "reopened":
      open.delete(event.step);
      return;
    case "guard-tripped":
    case "guard-armed":
    case "guard-sees":
    case "guard-closed":
      open.delete(event.guard);
      return;
    case "sampled": {
      const about = event.gate ?? event.guard ?? "";
      if (open.get(about)?.answered?.answer.say === "retry") open.delete(about);
      return;
    }
    case "place-changed":
      open.delete("place");
      return;
    case "changes-accepted":
      open.delete("runbook");
      return;
    case "stopped":
      for (const [step, { answered }] of open) if (answered) open.delete(step);
      return;
    case "rollback-started":
    case "response-started":
    case "ended":
      open.clear();
      return;
  }
}

/** Ticks and approvals are parts of an answer; to stop is over when somebody goes on. */
function isWhole({ kind }: Question, { say }: Answer): boolean {
  if (say === "stop" || say === "tick" || say === "approve") return false;
  return !(kind === "checklist" && say === "overrule");
}

/** The name of a question: that of the same one, asked before and not over, else a new one. */
export function nameQuestion({ open, asked }: Questions, question: Unasked): string {
  const before = open.get(question.step);
  if (before && asksTheSame(before.question, question)) return before.question.id;
  return `${question.step}#${(asked.get(question.step) ?? 0) + 1}`;
}

/** What was said to this very question, in order; what was said to an earlier one about the same step does not count. */
export function answersTo({ questions, answers }: RunState, question: Unasked): readonly GivenAnswer[] {
  const name = nameQuestion(questions, question);
  return (answers.get(question.step) ?? []).filter((given) => given.question === name);
}

function asksTheSame(before: Question, now: Unasked): boolean {
  if (before.kind === "changed" && now.kind === "changed") return isDeepStrictEqual(before.changes, now.changes);
  if (before.kind === "elsewhere" && now.kind === "elsewhere")
    return isDeepStrictEqual(before.differences, now.differences);
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
