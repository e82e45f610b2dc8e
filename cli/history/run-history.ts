import type {
  Actor,
  DecidedEvent,
  EndedEvent,
  FinishedEvent,
  ResponseStartedEvent,
  ResumedEvent,
  RollbackStartedEvent,
  StartedEvent,
  StoppedEvent,
} from "../../runners/events/run-event.ts";
import type { Question } from "../../runners/questions/question.ts";
import type { TimedEvent } from "./run-reader.ts";
import { baseId } from "./step-numbers.ts";

/** A unit that ran, as its last events tell. */
export interface StepRecord {
  readonly key: string;
  readonly started?: StartedEvent & { readonly at: string };
  readonly finished?: FinishedEvent & { readonly at: string };
  /** It is done, and somebody decided that it runs again. */
  readonly reopened?: true;
}

/** What a journal comes to. */
export interface RunHistory {
  /** In the order in which they were first named. */
  readonly steps: ReadonlyMap<string, StepRecord>;
  /** The same by the id of the step: of one that is repeated, the pass that was come to last. */
  readonly latest: ReadonlyMap<string, StepRecord>;
  /** What conditions, choices and the ends of passes came to, by key. */
  readonly decided: ReadonlyMap<string, DecidedEvent["value"]>;
  /** What is asked and not answered, newest last. */
  readonly questions: readonly Question[];
  readonly approvals: readonly { readonly step: string; readonly by: Actor }[];
  /** What answers a failure or a trip, once that began. */
  readonly response?: ResponseStartedEvent & { readonly at: string };
  readonly rollback?: RollbackStartedEvent & { readonly at: string };
  /** The last word of the last process; undefined while one goes on, or when it was killed. */
  readonly last?: (StoppedEvent | EndedEvent) & { readonly at: string };
  /** What the last process went on for; undefined for the first. */
  readonly purpose?: ResumedEvent["purpose"];
  readonly trips: readonly {
    readonly guard: string;
    readonly why: string;
    readonly during?: string;
    readonly at: string;
  }[];
  /** What the guards saw: rounds of samples, those of them without a number, those in which an alert held. */
  readonly watched: { readonly rounds: number; readonly blind: number; readonly bad: number };
  /** How long nobody watched, in seconds, each time. */
  readonly gaps: readonly number[];
}

/** Reads the events of a run from the first to the last. */
export function readHistory(events: readonly TimedEvent[]): RunHistory {
  const steps = new Map<string, StepRecord>();
  const latestKeys = new Map<string, string>();
  const decided = new Map<string, DecidedEvent["value"]>();
  const questions = new Map<string, Question>();
  let approvals: readonly { readonly step: string; readonly question: string; readonly by: Actor }[] = [];
  const trips: { guard: string; why: string; during?: string; at: string }[] = [];
  let rollback: RunHistory["rollback"];
  let response: RunHistory["response"];
  let last: RunHistory["last"];
  let purpose: RunHistory["purpose"];
  const watched = { rounds: 0, blind: 0, bad: 0 };
  const gaps: number[] = [];
  for (const event of events) {
    if ((event.type === "started" || event.type === "finished") && !event.step.startsWith("undo:")) {
      const isNew = event.type === "started" || !steps.has(event.step);
      if (isNew) latestKeys.set(baseId(event.step), event.step);
    }
    switch (event.type) {
      case "resumed":
        last = undefined;
        purpose = event.purpose;
        // asked anew if it still differs
        questions.delete("runbook");
        questions.delete("place");
        break;
      case "place-changed":
        questions.delete("place");
        break;
      case "changes-accepted":
        for (const { step, change } of event.changes) if (change === "removed") questions.delete(step);
        questions.delete("runbook");
        break;
      case "started":
        steps.set(event.step, { key: event.step, started: event });
        // what was asked about the attempt before is over
        if (!event.attached) questions.delete(event.step);
        break;
      case "finished":
        steps.set(event.step, { ...withoutReopened(steps.get(event.step)), key: event.step, finished: event });
        questions.delete(event.step);
        break;
      case "reopened":
        approvals = approvals.filter(({ step }) => step !== event.step);
        steps.set(event.step, { ...steps.get(event.step), key: event.step, reopened: true });
        questions.delete(event.step);
        break;
      case "decided":
        decided.set(event.key, event.value);
        break;
      case "asked":
        // what was said to another question about it is void
        approvals = approvals.filter(
          ({ step, question }) => step !== event.question.step || question === event.question.id,
        );
        questions.set(event.question.step, event.question);
        break;
      case "answered":
        if (event.answer.say === "approve")
          approvals = [...approvals, { step: event.step, question: event.question, by: event.by }];
        if (isWholeAnswer(questions.get(event.step), event.answer)) questions.delete(event.step);
        break;
      case "sampled":
        if (event.guard === undefined) break;
        watched.rounds += 1;
        if (event.samples.some(({ value }) => value === undefined)) watched.blind += 1;
        if (event.samples.some(({ bad }) => bad)) watched.bad += 1;
        break;
      case "guard-gap":
        gaps.push(event.seconds ?? 0);
        break;
      case "guard-sees":
      case "guard-armed":
        questions.delete(event.guard);
        break;
      case "guard-tripped":
        questions.delete(event.guard);
        trips.push({
          guard: event.guard,
          why: event.why ?? "",
          at: event.at,
          ...(event.during === undefined ? {} : { during: event.during }),
        });
        break;
      case "rollback-started":
        rollback = event;
        questions.clear();
        break;
      case "response-started":
        response = event;
        break;
      case "ended":
        questions.clear();
        last = event;
        break;
      case "stopped":
        last = event;
        break;
    }
  }
  return {
    steps,
    latest: new Map(
      [...latestKeys].flatMap(([id, key]): [string, StepRecord][] => {
        const record = steps.get(key);
        return record === undefined ? [] : [[id, record]];
      }),
    ),
    decided,
    questions: [...questions.values()],
    approvals,
    trips,
    watched,
    gaps,
    ...(rollback === undefined ? {} : { rollback }),
    ...(response === undefined ? {} : { response }),
    ...(last === undefined ? {} : { last }),
    ...(purpose === undefined ? {} : { purpose }),
  };
}

function withoutReopened({ reopened: _over, ...record }: Partial<StepRecord> = {}): Partial<StepRecord> {
  return record;
}

/** Ticks and approvals may come in parts; the run asks on until its step has finished. */
function isWholeAnswer(question: Question | undefined, answer: { readonly say: string }): boolean {
  if (question?.kind === "checklist") return answer.say !== "tick";
  if (question?.kind === "approval") return answer.say !== "approve" || question.approved.length + 1 >= question.quorum;
  return true;
}
