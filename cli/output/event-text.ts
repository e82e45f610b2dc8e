import type { Plan } from "../../dsl/plan/plan.ts";
import { guardsOf, stepsOf } from "../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../dsl/values/format-duration.ts";
import {
  doneKey,
  type FinishedEvent,
  type JournalEvent,
  type Sample,
  type StepChange,
  type StoppedEvent,
} from "../../runners/events/run-event.ts";
import type { Question } from "../../runners/questions/question.ts";
import { baseId, type StepNumbers } from "../history/step-numbers.ts";
import { timeText, zoneText } from "./clock-text.ts";
import { endWords } from "./end-words.ts";
import { inertCommand, inertText } from "./inert-text.ts";
import { answerText, questionText } from "./question-text.ts";

/** How much it matters: `low` is shown to who asks for everything. */
export type Weight = "high" | "normal" | "low";

/** An event in words: where, one word, and the rest. */
export interface EventText {
  /** `3.2`, `run`, `guard`. */
  readonly place: string;
  readonly word: string;
  readonly text: string;
  readonly weight: Weight;
}

/** What the words need besides the event. */
export interface EventContext {
  readonly plan: Plan;
  readonly numbers: StepNumbers;
  /** The steps that have begun, by id. */
  readonly begun: ReadonlySet<string>;
  /** Named where it is taken up again, unless what stands around it names it already. */
  readonly run?: string | undefined;
}

/** An event of the journal as one line for a log. */
export function eventText(event: JournalEvent & { readonly at: string }, context: EventContext): EventText {
  const { plan, numbers, run: id } = context;
  const run = (word: string, text: string, weight: Weight = "normal"): EventText => ({
    place: "run",
    word,
    text,
    weight,
  });
  const guard = (word: string, text: string, weight: Weight = "normal"): EventText => ({
    place: "guard",
    word,
    text,
    weight,
  });
  const step = (key: string, word: string, text: string, weight: Weight = "normal"): EventText => ({
    place: numbers.numberOf(key),
    word,
    text,
    weight,
  });
  switch (event.type) {
    case "created":
      return run(
        "started",
        `${event.run} ${event.runbook.id}, ${modeText(event.mode)}, times ${zoneText(event.at)}`,
        "high",
      );
    case "resumed":
      return run(
        event.purpose === "rollback" ? "rollback" : "resumed",
        `${id === undefined ? "" : `${id} ${plan.id}, `}by ${event.by.user}, ${modeText(event.mode)}, times ${zoneText(event.at)}`,
        "high",
      );
    case "changes-accepted":
      return run(
        "accepted",
        `by ${event.by.user}: ${event.changes.map((change) => acceptedText(change, event.again, numbers)).join(", ")}`,
      );
    case "plan-changed":
      return run("goes by", `the runbook as it is now (${event.planDigest.slice(0, 12)})`);
    case "place-changed":
      return run(
        "goes on",
        `${event.differences.map(({ what, now }) => `${what} ${now}`).join(", ")} (${event.by.user})`,
      );
    case "reopened":
      return step(event.step, "again", `${event.why} (${event.by.user})`);
    case "section-entered":
      return run("entered", event.section === "" ? plan.id : event.section, "low");
    case "decided":
      return run("decided", decidedText(event), event.by === undefined ? "low" : "normal");
    case "started":
      return step(event.step, event.attached ? "attached" : "running", startedText(event), startedWeight(event));
    case "ready":
      return step(event.step, "ready", "");
    case "finished":
      return step(
        event.step,
        endWords(event).word,
        finishedText(event),
        event.outcome === "failed" || event.outcome === "unknown" ? "high" : "normal",
      );
    case "waited":
      return step(event.step, "waited", `${formatDuration(event.seconds)} of ${formatDuration(event.of)}`, "low");
    case "asked":
      return {
        place: event.question.number || "run",
        word: "asks",
        text: askedText(event),
        weight: askedWeight(event.question),
      };
    case "answered":
      return step(
        event.step,
        "answer",
        `${answerText(event.kind, event.answer)} by ${event.by.user} from ${event.by.host}`,
      );
    case "item-checked":
      return step(
        event.step,
        event.ok ? "holds" : "does not",
        `item ${event.item}: ${event.text}${event.remark === undefined ? "" : `: ${event.remark}`}`,
      );
    case "noted":
      return event.step === undefined
        ? run("note", `${event.text} (${event.by.user})`)
        : step(event.step, "note", `${event.text} (${event.by.user})`);
    case "guard-opened":
      return guard("watches", reachText(event, plan, numbers));
    case "sampled":
      return event.guard === undefined
        ? step(event.gate ?? "", sampleWord(event.samples), samplesText(event.samples))
        : guard(sampleWord(event.samples), samplesText(event.samples));
    case "guard-tripped":
      return guard(
        "TRIPPED",
        `${event.why ?? event.guard}${event.during === undefined ? "" : `, during ${numbers.numberOf(event.during)}`}`,
        "high",
      );
    case "guard-blind":
      return guard("blind", event.why ?? event.guard, "high");
    case "guard-sees":
      return guard("sees", "it has numbers again");
    case "guard-armed":
      return guard("armed", `by ${event.by?.user ?? "nobody"}${event.why === undefined ? "" : `: ${event.why}`}`);
    case "guard-closed":
      return guard("ends", "nothing tripped it", "low");
    case "guard-gap":
      return guard("gap", `nobody watched for ${formatDuration(event.seconds ?? 0)}`);
    case "rollback-started":
      return run(
        "rollback",
        `${event.why}; undoes ${event.steps.map((key) => numbers.numberOf(key)).join(", ") || "nothing"}`,
        "high",
      );
    case "response-started":
      return run("answer", `to ${numbers.numberOf(event.owner)}: ${event.why}`, "high");
    case "stopped":
      return run(
        event.reason === "suspended" ? "suspended" : "stopped",
        `${stoppedText(event, context)}${leftText(event, numbers)}`,
        "high",
      );
    case "ended":
      return run(
        { ok: "ok", "rolled-back": "rolled back", answered: "answered" }[event.result],
        `${[event.message, `exit code ${event.exitCode}`].filter(Boolean).join(", ")}${leftText(event, numbers)}`,
        "high",
      );
    case "hook-failed":
      return run("hook", `${event.hook} failed: ${event.message}`);
    default:
      return event satisfies never;
  }
}

/** `running  Deploy: kubectl apply ...` names both, since an id or a title alone does not say what runs. */
function startedText({
  title,
  command,
  attempt,
}: {
  readonly title: string;
  readonly command?: string;
  readonly attempt: number;
}): string {
  const [first = "", ...more] = (command ?? "").split("\n");
  const line = first === "" ? title : `${title}: ${inertCommand(first)}${more.length > 0 ? " [...]" : ""}`;
  return attempt > 1 ? `${line} (attempt ${attempt})` : line;
}

/** What people do begins with what it asks them. */
function startedWeight({ kind }: { readonly kind: string }): Weight {
  return kind === "checklist" || kind === "manual" || kind === "approval" ? "low" : "normal";
}

function finishedText(event: FinishedEvent): string {
  const { seconds, retryIn, by, begun } = event;
  const { remark } = endWords(event);
  const took = by === undefined && seconds > 0 && !begun ? formatDuration(seconds) : undefined;
  const again = retryIn === undefined ? undefined : `again in ${formatDuration(retryIn)}`;
  return [took, remark, again]
    .filter((part) => part !== undefined)
    .map(inertText)
    .join(", ");
}

/** "`word` is `new`: yes, anew (alice)". */
function decidedText({ words, value, instead, by }: Extract<JournalEvent, { type: "decided" }>): string {
  const said = (one: string | boolean): string => (typeof one === "string" ? one : one ? "yes" : "no");
  const how = instead === undefined ? "anew" : `kept, although it would now be ${said(instead)}`;
  return `${inertText(words)}: ${said(value)}${by === undefined ? "" : `, ${how} (${by.user})`}`;
}

/** "1.5 edited, kept as done". */
function acceptedText(change: StepChange, again: readonly string[] | undefined, numbers: StepNumbers): string {
  const key = doneKey(change);
  const isDone = change.done || change.mayRunAgain;
  const decided = again?.includes(key) ? " and to run again" : isDone ? " and kept as done" : "";
  return `${numbers.numberOf(key)} ${change.change}${decided}`;
}

function askedText({ at, question }: { readonly at: string; readonly question: Question }): string {
  const deadline = question.deadlineSeconds;
  const until =
    deadline === undefined
      ? ""
      : `. At ${timeText(new Date(Date.parse(at) + deadline * 1000))} (deadline) the guard trips`;
  return `${questionText(question)}${until}`;
}

/** That a step failed was said when it ended; unattended nobody answers, and the run stops. */
function askedWeight({ kind }: Question): Weight {
  return kind === "failed" ? "low" : "high";
}

function stoppedText({ reason, step, message, exitCode }: StoppedEvent, context: EventContext): string {
  if (reason === "suspended" && step !== undefined)
    return `at ${context.numbers.numberOf(step)}${isBeforeGuard(context, step) ? ", before the guard;" : ","} exit code ${exitCode}; nothing runs`;
  // the word before it is "stopped"
  return `${message.trim().replace(/^stopped /, "")}; nothing runs; lockstep ends with exit code ${exitCode}`;
}

/** "; still runs: process 4711 (nginx) of 3.2". */
function leftText({ leaves = [] }: Pick<StoppedEvent, "leaves">, numbers: StepNumbers): string {
  const each = leaves.map(({ step, pid, name }) => `process ${pid} (${inertText(name)}) of ${numbers.numberOf(step)}`);
  return each.length === 0 ? "" : `; still runs: ${each.join(", ")}`;
}

/** What follows is in a guard's range, and this is not: nobody needs to watch meanwhile. */
function isBeforeGuard({ plan, begun }: EventContext, key: string): boolean {
  const steps = stepsOf(plan).filter(({ skipped }) => skipped === undefined);
  const at = steps.findIndex(({ id }) => id === baseId(key));
  const [place, next] = steps.slice(at, at + 2);
  return at >= 0 && place?.guards.length === 0 && next !== undefined && next.guards.length > 0 && !begun.has(next.id);
}

function modeText(mode: string): string {
  return { auto: "unattended", interactive: "in a terminal", step: "step by step" }[mode] ?? mode;
}

function reachText(
  { guard, from, until }: { readonly guard: string; readonly from: string; readonly until?: string },
  plan: Plan,
  numbers: StepNumbers,
): string {
  const alerts = guardsOf(plan).find(({ id }) => id === baseId(guard))?.alerts ?? [];
  const reach = `${numbers.numberOf(from)} to ${until === undefined ? "the end" : numbers.numberOf(until)}`;
  return alerts.length === 0 ? reach : `${reach}: ${alerts.map(({ title, text }) => `${title} ${text}`).join(", ")}`;
}

function sampleWord(samples: readonly Sample[]): string {
  if (samples.some(({ bad }) => bad)) return "ALERT";
  return samples.some(({ value }) => value === undefined) ? "no number" : "no alert";
}

/** `Error rate 0.2%, Response time 182ms (alert > 500ms)`. */
export function samplesText(samples: readonly Sample[]): string {
  return samples
    .map(({ title, value, unit, alert, bad, reason }) => {
      if (value === undefined) return `${title} ? (${inertText(reason ?? "no number")})`;
      return `${title} ${Number(value.toPrecision(4))}${unit}${bad ? ` (alert ${alert})` : ""}`;
    })
    .join(", ");
}
