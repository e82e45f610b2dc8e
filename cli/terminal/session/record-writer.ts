import type {
  AnsweredEvent,
  FinishedEvent,
  NotedEvent,
  OutputEvent,
  RunEvent,
  StoppedEvent,
} from "../../../runners/events/run-event.ts";
import { indexSteps } from "../../history/step-numbers.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { answerText } from "../../output/question-text.ts";
import { rangeText } from "../../output/range-text.ts";
import type { Line } from "../screen/screen.ts";
import { textWidth } from "../screen/wrap-line.ts";
import { createGuardRecord } from "../watching/guard-record.ts";
import { createTripRecord, rollbackWords } from "../watching/trip-record.ts";
import { looksText, waitRecord } from "../watching/wait-record.ts";
import { createBackgroundRecord } from "./background-record.ts";
import { endLines, skippedLines, withoutWords } from "./end-line.ts";
import { factLine, sentence } from "./fact-line.ts";
import { logPath } from "./log-path.ts";
import { createStepAnnouncer, type StepAnnouncer } from "./step-announcer.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { createUndoRecord, undoHeading } from "./undo-record.ts";
import { undoable } from "./undo-words.ts";

/** Writes the record of a run, event by event: what scrolls away and is read again in the morning. */
export interface RecordWriter extends Pick<StepAnnouncer, "warn" | "announce"> {
  write(event: RunEvent): void;
  /** Moves what the probe of a step printed below its command, before a person is asked. */
  endProbe(key: string): void;
}

export function createRecordWriter(ui: TerminalUi): RecordWriter {
  const { screen, facts, plan } = ui;
  const { style } = screen;
  const numbers = indexSteps(plan);
  const announcer = createStepAnnouncer(ui);
  const trip = createTripRecord(ui);
  const guards = createGuardRecord(ui);
  const undo = createUndoRecord(ui);
  const background = createBackgroundRecord(ui);
  /** What an earlier lockstep had started. */
  const began = new Map(facts.began);
  const pictures = new Map<string, string>();
  /** The step whose command was written last; what ends beside it stands apart. */
  let written: string | undefined;
  /** The step whose probe looks now. */
  let probing: string | undefined;
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
        if (event.step.startsWith("undo:")) undo.started(event);
        else announce(event.step, event.title, event.command, event.attached ? "still running" : undefined);
        break;
      case "tick":
        announceTakenUp(event.step);
        break;
      case "output":
        if (background.takes(event)) break;
        if (screen.mode === "plain" && facts.stepOf(event.step)?.action.kind === "watch") {
          sayPicture(event);
          break;
        }
        // of a watch the next picture takes the place of the last
        if (facts.lookedAt.has(event.step)) screen.clearOutput(event.step);
        screen.output(event.step, event.text);
        break;
      case "ready":
        background.ready(event);
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
        trip.tripped(event);
        break;
      case "guard-blind":
      case "guard-sees":
      case "guard-armed":
      case "guard-gap":
        guards.changed(event);
        break;
      case "sampled":
        guards.sampled(event);
        break;
      case "rollback-started":
        trip.answer(rollbackWords(ui, event));
        announcer.enter(undoHeading(ui, event));
        break;
      case "response-started":
        trip.answer(`What answers it begins: ${sentence(inertText(event.why))}`);
        announcer.enter(`Answer to ${numbers.numberOf(event.owner)}`);
        break;
      case "hook-failed":
        screen.print([`     hook ${inertText(event.hook)} failed: ${inertText(event.message)}`]);
        break;
      case "stopped":
        if (event.reason === "declined" || event.reason === "interrupted") screen.print(stopLines(event));
        else if (event.reason === "rollback-failed") undo.failed(event);
        else if (event.reason === "tripped")
          trip.answer(`It stops here, and a person decides: lockstep resume ${facts.runId}`);
        break;
      default:
        break;
    }
  }

  /** Where nothing is redrawn, what a watch shows is said whenever it has changed. */
  function sayPicture({ step: key, text }: OutputEvent): void {
    if (pictures.get(key) === text) return;
    pictures.set(key, text);
    screen.output(key, text);
    screen.endOutput(key);
  }

  /** A wait that an earlier lockstep began goes on without another start. */
  function announceTakenUp(key: string): void {
    const { started } = facts.running.get(key) ?? {};
    if (started) announcer.announce(key, started.title, started.command);
  }

  /** True if it ended while nobody ran lockstep, and nothing of it stands in this record. */
  function announceLate({ step: key, attempt, outcome }: FinishedEvent): boolean {
    const started = began.get(key);
    began.delete(key);
    const isHere = started === undefined || facts.began.get(key) !== started || attempt === 0;
    if (isHere || outcome === "not-started" || facts.stepOf(key)?.execution !== "text") return false;
    return announcer.announce(key, started.title, started.command, outcome === "unknown" ? outcome : "ended meanwhile");
  }

  /** What the last words of an end line are, where the event alone does not tell. */
  function remarkAtEnd({ step: key, outcome }: FinishedEvent, isLate: boolean): string | undefined {
    if (outcome === "ok" && facts.stepOf(key)?.action.kind === "wait") return looksText(ui, key);
    const at = facts.began.get(key)?.at;
    return outcome === "unknown" && isLate && at !== undefined ? `began ${timeText(new Date(at))}` : undefined;
  }

  /** Of a write that nobody knows the end of. */
  function writeProbe({ step: key, outcome }: FinishedEvent): boolean {
    const { probe } = facts.stepOf(key) ?? {};
    if (outcome !== "unknown" || probe === undefined) return false;
    screen.print([factLine(ui, "probe", "tells whether it is there (a read)")]);
    screen.printCommand(probe.command.text);
    probing = key;
    return true;
  }

  function endProbe(key: string): void {
    if (probing !== key) return;
    probing = undefined;
    screen.endOutput(key);
    screen.print([""]);
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
    screen.print([...skippedLines(ui, ranges, first.at, first.remark ?? ""), ""]);
  }

  function writeFinished(event: FinishedEvent & { readonly at: string }): void {
    const other = written !== undefined && written !== event.step;
    written = undefined;
    probing = undefined;
    if (event.step.startsWith("undo:") || event.outcome === "undone") {
      undo.finished(event);
      return;
    }
    const step = facts.stepOf(event.step);
    const isLate = announceLate(event);
    const isFailure = event.attempt > 0 && event.outcome === "failed" && step?.execution !== "person";
    // of a step that had the terminal, or whose output is not kept, there is no log
    const hasLog = event.attempt > 0 && step?.terminal !== true && step?.sensitive !== true;
    const log = hasLog ? logPath(facts.runId, event) : undefined;
    screen.endOutput(event.step, log);
    if (trip.ended(event)) return;
    screen.print([
      ...(step?.background !== undefined && other ? [""] : []),
      ...waitRecord(ui, event),
      ...endLines(ui, numbers.numberOf(event.step), isLate ? event : withoutWords(event), remarkAtEnd(event, isLate)),
      ...((isFailure || (isLate && event.outcome !== "unknown")) && log !== undefined
        ? [factLine(ui, "log", log)]
        : []),
      ...background.leftOut(event),
      ...(isFailure && event.retryIn === undefined ? undoFacts(event.step) : []),
    ]);
    if (!writeProbe(event)) screen.print([""]);
  }

  function undoFacts(key: string): Line[] {
    const { undone, stays } = undoable(ui, key);
    if (undone.length === 0) return [];
    const rest =
      stays.length === 0 ? "" : `; ${rangeText([...stays].reverse())} ${stays.length === 1 ? "stays" : "stay"}`;
    return [factLine(ui, "undo", `roll back would undo ${undone.map(({ number }) => number).join(", ")}${rest}`)];
  }

  function writeNote({ step, text, by, uncounted }: NotedEvent): void {
    if (uncounted) ui.answeredHere.delete(step ?? "");
    if (uncounted) screen.print([style.caution(sentence(inertText(text.charAt(0).toUpperCase() + text.slice(1))))]);
    else screen.print([factLine(ui, "note", `${text} (${by.user})`)]);
  }

  /** What somebody answered elsewhere while it was asked here too. */
  function writeAnswer({ step, kind, answer, by }: AnsweredEvent): void {
    if (ui.answeredHere.delete(step)) return;
    screen.print([
      factLine(ui, "answer", `${numbers.numberOf(step)} ${answerText(kind, answer)} by ${by.user} from ${by.host}`),
    ]);
  }

  function stopLines({ step, refusal }: StoppedEvent): string[] {
    const where = step === undefined ? "" : ` at ${numbers.numberOf(step)}`;
    const why = refusal === undefined ? "" : `: ${inertText(refusal)}`;
    const watch = facts.guards.size > 0 ? ", nobody watches" : "";
    const stopped = `Stopped${where}${why}, nothing runs${watch}.`;
    const goesOn = `Goes on with: lockstep ${facts.rollingBack ? "rollback" : "resume"} ${facts.runId}`;
    // a command is not broken over two rows
    return textWidth(screen.columns) < stopped.length + goesOn.length + 1
      ? [stopped, goesOn]
      : [`${stopped} ${goesOn}`];
  }

  function announce(...step: Parameters<StepAnnouncer["announce"]>): boolean {
    const isNew = announcer.announce(...step);
    if (isNew) [written] = step;
    return isNew;
  }

  return { write, warn: announcer.warn, announce, endProbe };
}
