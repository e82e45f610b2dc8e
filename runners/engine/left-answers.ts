import type { AnsweredEvent, JournalEvent } from "../events/run-event.ts";

/**
 * Answers that stand in the journal and that nothing followed from, because lockstep died in that moment; by the step
 * or guard that they are about. Who has answered is not asked again.
 */
export function leftAnswers(history: readonly JournalEvent[]): Map<string, AnsweredEvent> {
  const left = new Map<string, AnsweredEvent>();
  for (const event of history)
    switch (event.type) {
      case "answered":
        // to stop is over when somebody goes on
        if (event.answer.say !== "stop") left.set(event.step, event);
        break;
      case "asked":
        left.delete(event.question.step);
        break;
      case "finished":
        left.delete(event.step);
        break;
      case "guard-tripped":
      case "guard-armed":
      case "guard-sees":
        left.delete(event.guard);
        break;
      case "stopped":
      case "rollback-started":
      case "response-started":
        left.clear();
        break;
    }
  return left;
}
