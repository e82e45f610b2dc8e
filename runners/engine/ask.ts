import { setTimeout as delay } from "node:timers/promises";
import type { PlanStep } from "../../dsl/plan/plan.ts";
import { type Answer, type Question, suspend, type Unasked } from "../questions/question.ts";
import { readInbox } from "../store/inbox.ts";
import type { InboxMessage } from "../store/inbox-message.ts";
import { watchInbox } from "../store/inbox-watcher.ts";
import { refusalOf } from "./check-answer.ts";
import { dropOtherAnswers } from "./drop-other-answers.ts";
import type { Engine } from "./engine.ts";
import { Halt } from "./halt.ts";
import { nameQuestion } from "./question-name.ts";
import { startTimer } from "./start-timer.ts";
import { type Answered, act, takeAnswer, takeMessage } from "./take-answer.ts";

/** In a guard's range, for how long a question of lockstep's own may stay unanswered. */
export const unansweredSeconds: number = 15 * 60;

/** A prompter that is told to stop asking may still say what it has, within so many milliseconds. */
const lastWordsWithin = 250;

/** So many answers of a prompter that do not count end the asking here; others can still answer from elsewhere. */
const mostRefusals = 20;

type Event =
  | { readonly from: "prompter"; readonly answer: Answer | typeof suspend; readonly failure?: unknown }
  | { readonly from: "inbox"; readonly message: InboxMessage }
  | { readonly from: "deadline" }
  | { readonly from: "abort" };

/**
 * Asks people, wherever they are: the prompter here, and whoever answers from elsewhere. Where nobody is, the run is
 * suspended; in a guard's range it stays and watches until its deadline, which trips the guard.
 *
 * @param step The step in whose place it is asked; it says which guards watch.
 * @throws Halt when nobody answers here, or the run must not wait any longer.
 */
export async function ask(engine: Engine, step: PlanStep, asked: Unasked, signal: AbortSignal): Promise<Answered> {
  const question = toAsk(engine, step, asked);
  const answered = (await takeLeft(engine, question)) ?? (await askUntilAnswered(engine, step, question, signal));
  await dropOtherAnswers(engine, question, answered);
  return answered;
}

async function askUntilAnswered(
  engine: Engine,
  step: PlanStep,
  question: Question,
  signal: AbortSignal,
): Promise<Answered> {
  // who answered while nobody ran it is not asked once more
  const waiting = isAskedAlready(engine, question) ? await answerWaiting(engine, question) : undefined;
  if (waiting) return waiting;
  await recordAsked(engine, question);
  const events = openEvents(engine, step, question, signal);
  let refused = 0;
  try {
    for (;;) {
      const event = await events.next();
      if (event.from === "abort") {
        if (question.kind === "checklist") await takeTicks(engine, question, await events.lastWords());
        throw engine.guards.haltOf(step) ?? engine.interrupted(question.step);
      }
      if (event.from === "deadline")
        return (await answerWaiting(engine, question)) ?? (await overdue(engine, step, question));
      if (event.from === "inbox") {
        const answered = await takeMessage(engine, question, event.message);
        if (answered) return answered;
      } else if (event.answer === suspend) {
        if (event.failure !== undefined) await noteFailure(engine, question, event.failure);
        if (stays(engine, step)) continue;
        // nobody here; but who wrote before is heard first
        const answered = await answerWaiting(engine, question);
        if (!answered) throw suspended(question);
        return answered;
      } else {
        const answered = await takeAnswer(engine, question, event.answer, engine.prompter?.by ?? engine.by);
        if (answered) return answered;
        refused += 1;
        // who only repeats what does not count is not asked for ever
        if (refused >= mostRefusals && !stays(engine, step)) throw suspended(question);
        if (refused < mostRefusals) events.askAgain();
      }
    }
  } finally {
    events.close();
  }
}

/** A prompter that fails, such as a chat that is down, is no reason to end what runs. */
async function noteFailure(engine: Engine, { step }: Question, failure: unknown): Promise<void> {
  const why = failure instanceof Error ? failure.message : String(failure);
  const text = `it could not be asked here: ${why}`;
  await engine.recorder.record({ type: "noted", step, text, by: engine.by });
}

/** What somebody had ticked of a list when it was taken from them is not lost. */
async function takeTicks(
  engine: Engine,
  question: Question,
  answer: Answer | typeof suspend | undefined,
): Promise<void> {
  if (typeof answer === "object" && answer.say === "tick")
    await takeAnswer(engine, question, answer, engine.prompter?.by ?? engine.by);
}

function isAskedAlready({ state }: Engine, { id, step }: Question): boolean {
  return state.questions.open.get(step)?.question.id === id;
}

/** Puts on record that a person is needed, also where nobody is asked. */
export async function recordAsked(engine: Engine, question: Question): Promise<void> {
  await engine.recorder.record({ type: "asked", question, boot: engine.clock.boot });
}

/** A question with its name, and with what is left until it counts as unanswered: a resume does not prolong it. */
export function toAsk(engine: Engine, step: PlanStep, asked: Unasked): Question {
  const question: Question = { ...asked, id: nameQuestion(engine, asked) };
  const deadline = asked.deadlineSeconds ?? step.deadlineSeconds ?? unattendedDeadline(engine, step);
  if (deadline === undefined) return question;
  const before = engine.state.questions.open.get(asked.step);
  if (before?.question.id !== question.id || before.question.deadlineSeconds === undefined)
    return { ...question, deadlineSeconds: deadline };
  const left = before.question.deadlineSeconds - engine.secondsSince(before.askedAt, before.askedAt.boot);
  return { ...question, deadlineSeconds: Math.min(deadline, Math.max(0, left)) };
}

/** What was answered right before an earlier lockstep died: it counts once, and for this very question. */
async function takeLeft(engine: Engine, question: Question): Promise<Answered | undefined> {
  const left = engine.state.questions.open.get(question.step);
  if (left?.question.id !== question.id || !left.answered) return undefined;
  const { answer, by } = left.answered;
  return (await refusalOf(engine, question, answer, by)) === undefined ? act(question, answer, by) : undefined;
}

/** Who decided to go back meant it, whatever would be asked now. */
export function followLeftDecision(engine: Engine): void {
  for (const { question, answered } of engine.state.questions.open.values())
    if (answered?.answer.say === "roll-back") act(question, answered.answer, answered.by);
}

/** What was answered before, or sent while nobody held the run; undefined if there is none. Nothing is asked. */
export async function answerBefore(engine: Engine, question: Question): Promise<Answered | undefined> {
  const left = await takeLeft(engine, question);
  if (!left) return answerWaiting(engine, question);
  await dropOtherAnswers(engine, question, left);
  return left;
}

async function answerWaiting(engine: Engine, question: Question): Promise<Answered | undefined> {
  for (const message of await readInbox(engine.folder)) {
    const answered = await takeMessage(engine, question, message);
    if (!answered) continue;
    await dropOtherAnswers(engine, question, answered);
    return answered;
  }
  return undefined;
}

/** In a guard's range an unattended run stays, and watches. */
function stays(engine: Engine, step: PlanStep): boolean {
  return engine.guards.watchesOver(step);
}

/** What nobody could give a deadline, such as a gate that has no numbers, holds up a change for so long. */
function unattendedDeadline(engine: Engine, step: PlanStep): number | undefined {
  return stays(engine, step) && !engine.attended ? unansweredSeconds : undefined;
}

function openEvents(engine: Engine, step: PlanStep, question: Question, signal: AbortSignal) {
  const waiting: Event[] = [];
  let wake: (() => void) | undefined;
  const withdrawn = new AbortController();
  const push = (event: Event): void => {
    waiting.push(event);
    wake?.();
  };
  const abort = (): void => push({ from: "abort" });
  const signals = AbortSignal.any([signal, engine.endIdle, engine.guards.signalFor(step)]);
  if (signals.aborted) abort();
  signals.addEventListener("abort", abort, { once: true });
  let asking: Promise<Answer | typeof suspend>;
  const askPrompter = (): void => {
    const unwanted = AbortSignal.any([withdrawn.signal, signals]);
    asking = (async () => engine.prompter?.ask(engine.recorder.masked(question), unwanted) ?? suspend)();
    asking.then(
      (answer) => push({ from: "prompter", answer }),
      (failure: unknown) =>
        withdrawn.signal.aborted || signals.aborted ? undefined : push({ from: "prompter", answer: suspend, failure }),
    );
  };
  const unwatch = watchInbox(engine.folder, (message) => push({ from: "inbox", message }));
  askPrompter();
  const { deadlineSeconds } = question;
  const cancelDeadline =
    deadlineSeconds === undefined || !stays(engine, step)
      ? undefined
      : startTimer(deadlineSeconds, () => push({ from: "deadline" }));
  return {
    next: async (): Promise<Event> => {
      while (waiting.length === 0)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      return waiting.shift() as Event;
    },
    askAgain: askPrompter,
    lastWords: (): Promise<Answer | typeof suspend | undefined> =>
      Promise.race([asking.catch(() => undefined), delay(lastWordsWithin, undefined)]),
    close: (): void => {
      cancelDeadline?.();
      unwatch();
      withdrawn.abort();
      signals.removeEventListener("abort", abort);
    },
  };
}

async function overdue(engine: Engine, step: PlanStep, question: Question): Promise<never> {
  const why = `${question.number} was not answered in time`;
  if (question.kind === "blind") await engine.guards.trip(question.step, `blind, and ${why}: ${question.remark}`);
  else await engine.guards.tripBy(step, why);
  throw engine.guards.haltOf(step) ?? suspended(question);
}

function suspended(question: Question): Halt {
  const changes = question.kind === "changed" ? { changes: question.changes } : {};
  return new Halt({
    kind: "suspended",
    step: question.step,
    message: `${question.number} ${question.title}`,
    ...changes,
  });
}
