import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type {
  AnsweredEvent,
  FinishedEvent,
  NotedEvent,
  RunEvent,
  StoppedEvent,
} from "../../../runners/events/run-event.ts";
import { attemptFolderName } from "../../../runners/store/attempt-folder-name.ts";
import { timeText } from "../../output/clock-text.ts";
import { samplesText } from "../../output/event-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { answerText } from "../../output/question-text.ts";
import { rangeText } from "../../output/range-text.ts";
import { indexSteps } from "../../runs/step-numbers.ts";
import type { Line } from "../screen/screen.ts";
import { endLine, skippedLine } from "./end-line.ts";
import { factLine, sentence } from "./fact-line.ts";
import { createStepAnnouncer, type StepAnnouncer } from "./step-announcer.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { undoable } from "./undo-words.ts";

/** Writes the record of a run, event by event: what scrolls away and is read again in the morning. */
export interface RecordWriter extends Pick<StepAnnouncer, "warn" | "announce"> {
  write(event: RunEvent): void;
}

export function createRecordWriter(ui: TerminalUi): RecordWriter {
  const { screen, facts, plan } = ui;
  const { style } = screen;
  const numbers = indexSteps(plan);
  const announcer = createStepAnnouncer(ui);
  let skipped: (FinishedEvent & { readonly at: string })[] = [];

  function write(event: RunEvent): void {
    if (event.type === "finished" && event.outcome === "skipped" && event.attempt === 0 && event.by === undefined)
      collectSkipped(event);
    else writeOne(event);
  }

  function writeOne(event: RunEvent): void {
    if (event.type !== "decided" && event.type !== "tick" && event.type !== "sampled") flushSkipped();
    switch (event.type) {
      case "started":
        if (event.step.startsWith("undo:")) announceUndo(event.number, event.title, event.command);
        else announcer.announce(event.step, event.title, event.command);
        break;
      case "output":
        screen.output(event.step, event.text);
        break;
      case "ready":
        screen.print([
          `${style.ok(style.marks.ok)} ${numbers.numberOf(event.step)} ready  ${timeText(new Date(event.at))}`,
          "",
        ]);
        break;
      case "finished":
        writeFinished(event);
        break;
      case "noted":
        writeNote(event);
        break;
      case "answered":
        writeAnswer(event);
        break;
      case "item-checked":
        if (!event.ok)
          screen.print([
            `     item ${event.item} does not hold: ${inertText(event.text)}${event.remark ? `, ${inertText(event.remark)}` : ""}`,
          ]);
        break;
      case "guard-tripped":
        screen.print([
          style.failed(`${style.marks.failed} GUARD TRIPPED: ${inertText(event.why ?? event.guard)}`) +
            `  ${timeText(new Date(event.at))}`,
        ]);
        screen.bell();
        break;
      case "guard-blind":
        screen.print([
          `${style.caution(`GUARD BLIND: ${inertText(event.why ?? event.guard)}`)}  ${timeText(new Date(event.at))}`,
        ]);
        break;
      case "guard-sees":
        screen.print([`The guard sees again.  ${timeText(new Date(event.at))}`]);
        break;
      case "guard-gap":
        screen.print([`     ${style.dim("guard")}   nobody watched for ${formatDuration(event.seconds ?? 0)}`]);
        break;
      case "rollback-started":
        announcer.enter("Rollback");
        screen.print([factLine(ui, "why", event.why), ""]);
        break;
      case "response-started":
        announcer.enter(`Answer to ${numbers.numberOf(event.owner)}`);
        screen.print([factLine(ui, "why", event.why), ""]);
        break;
      case "hook-failed":
        screen.print([`     hook ${inertText(event.hook)} failed: ${inertText(event.message)}`]);
        break;
      case "stopped":
        if (event.reason === "declined" || event.reason === "interrupted") screen.print([stopText(event)]);
        break;
      default:
        break;
    }
  }

  function announceUndo(number: string, title: string, command: string | undefined): void {
    screen.print([`${style.title(`${number}  ${inertText(title)}`)}${style.marks.separator}${style.caution("WRITE")}`]);
    if (command !== undefined) screen.printCommand(command);
  }

  function collectSkipped(event: FinishedEvent & { readonly at: string }): void {
    if (skipped.some(({ remark }) => remark !== event.remark)) flushSkipped();
    skipped.push(event);
  }

  /** Steps that a condition leaves out are said once, together. */
  function flushSkipped(): void {
    const [first] = skipped;
    if (first === undefined) return;
    const ranges = rangeText(skipped.map(({ step }) => ({ number: numbers.numberOf(step) })));
    skipped = [];
    screen.print([skippedLine(ui, ranges, first.at, first.remark ?? ""), ""]);
  }

  function writeFinished(event: FinishedEvent & { readonly at: string }): void {
    const step = facts.stepOf(event.step);
    const isFailure = event.attempt > 0 && event.outcome === "failed" && step?.execution !== "person";
    const log = isFailure ? logPath(facts.runId, event) : undefined;
    screen.endOutput(event.step, log);
    const guard = [...facts.guards.values()].find(({ guard: { covers } }) => step && covers.includes(step.id));
    const watched =
      step?.action.kind === "wait" && guard && event.outcome === "ok"
        ? samplesText(guard.rounds.at(-1)?.samples ?? [])
        : "";
    screen.print([
      endLine(ui, numbers.numberOf(event.step), event, watched === "" ? undefined : watched),
      ...(log === undefined ? [] : [factLine(ui, "log", log)]),
      ...(isFailure && event.retryIn === undefined ? undoFacts(event.step) : []),
      "",
    ]);
  }

  function undoFacts(key: string): Line[] {
    if (key.startsWith("undo:")) return [];
    const { undone, stays } = undoable(ui, key);
    if (undone.length === 0) return [];
    const rest =
      stays.length === 0 ? "" : `; ${rangeText([...stays].reverse())} ${stays.length === 1 ? "stays" : "stay"}`;
    return [factLine(ui, "undo", `roll back would undo ${undone.map(({ number }) => number).join(", ")}${rest}`)];
  }

  function writeNote({ step, text, by }: NotedEvent): void {
    const refused = /^the answer of .* does not count: /.test(text);
    if (refused) ui.answeredHere.delete(step ?? "");
    if (refused) screen.print([style.caution(sentence(inertText(text.charAt(0).toUpperCase() + text.slice(1))))]);
    else screen.print([factLine(ui, "note", `${text} (${by.user})`)]);
  }

  /** What somebody answered elsewhere while it was asked here too. */
  function writeAnswer({ step, answer, by }: AnsweredEvent): void {
    if (ui.answeredHere.delete(step)) return;
    screen.print([
      `     ${numbers.numberOf(step)} was ${inertText(answerText(answer))} by ${inertText(by.user)} from ${inertText(by.host)}.`,
    ]);
  }

  function stopText({ reason, step, message }: StoppedEvent): string {
    const where = step === undefined ? "" : ` at ${numbers.numberOf(step)}`;
    const why =
      reason === "declined" && / refused by /.test(message) ? `: ${inertText(message.replace(/^\S+ /, ""))}` : "";
    return `Stopped${where}${why}, nothing runs. Goes on with: lockstep resume ${facts.runId}`;
  }

  return { write, warn: announcer.warn, announce: announcer.announce };
}

/** Relative to the project's root. */
function logPath(run: string, { step, attempt }: FinishedEvent): string {
  return `.lockstep/runs/${run}/attempts/${attemptFolderName(step, attempt)}/log`;
}
