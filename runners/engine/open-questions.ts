import type { Actor, JournalEvent } from "../events/run-event.ts";
import type { Answer, Question } from "../questions/question.ts";
import type { Moment } from "./run-state.ts";

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
      // it stays as it is, and nothing else follows; of a decision it is recorded what it was kept against
      if (answer.say === "keep" && before?.question.kind !== "decision") open.delete(step);
      else if (before && isWhole(before.question, answer)) open.set(step, { ...before, answered: { answer, by } });
      return;
    }
    case "decided":
      open.delete(event.key);
      return;
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
