import type { PlanBlock, PlanStep } from "../../../dsl/plan/plan.ts";
import { childrenOf } from "../../../dsl/plan/walk-plan.ts";
import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type { FinishedEvent, RunEvent } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { outcomeWord, samplesText } from "../../output/event-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { indexSteps } from "../../runs/step-numbers.ts";
import { stepHead } from "./step-lines.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Writes the record of a run, event by event: what scrolls away and is read again in the morning. */
export interface RecordWriter {
  write(event: RunEvent): void;
  /** The head of a step that somebody is asked about before it starts; it is written once. */
  announce(key: string, title: string, command: string | undefined): void;
}

export function createRecordWriter(ui: TerminalUi): RecordWriter {
  const { screen, facts, plan } = ui;
  const { style } = screen;
  const numbers = indexSteps(plan);
  const surroundings = surroundingsOf([...plan.requires, ...plan.body]);
  const announced = new Set<string>();
  let section: string | undefined;

  function enterSection(id: string): void {
    const around = surroundings.get(id);
    const heading = around?.heading ?? (id.includes(":") ? section : "Before you begin");
    if (heading === undefined || heading === section) return;
    section = heading;
    screen.print([style.title(`${style.marks.section}${heading}`)]);
  }

  function announce(key: string, title: string, command: string | undefined): void {
    const attempt = `${key} ${facts.outcomes.get(key) ?? ""}`;
    if (announced.has(attempt)) return;
    announced.add(attempt);
    const step = facts.stepOf(key);
    if (!step) return;
    enterSection(step.id);
    for (const caution of surroundings.get(step.id)?.cautions ?? []) printCaution(caution);
    if (step.undo.kind === "irreversible") printCaution(`${step.number} cannot be undone: ${step.undo.reason}`);
    screen.print(stepHead(ui, step, title));
    if (command !== undefined && command !== "") screen.printCommand(command);
  }

  function printCaution(text: string): void {
    const bar = style.marks.cautionBar;
    screen.print([{ text: style.caution(`${bar}CAUTION  ${inertText(text)}`), hang: bar }, ""]);
  }

  function write(event: RunEvent): void {
    switch (event.type) {
      case "started":
        if (event.step.startsWith("undo:")) announceUndo(event.number, event.title, event.command);
        else announce(event.step, event.title, event.command);
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
        screen.print([`     ${style.dim("note")}    ${inertText(event.text)} (${event.by.user})`]);
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
          style.caution(`GUARD BLIND: ${inertText(event.why ?? event.guard)}`) + `  ${timeText(new Date(event.at))}`,
        ]);
        break;
      case "guard-sees":
        screen.print([`The guard sees again.  ${timeText(new Date(event.at))}`]);
        break;
      case "guard-gap":
        screen.print([`     ${style.dim("guard")}   nobody watched for ${formatDuration(event.seconds ?? 0)}`]);
        break;
      case "rollback-started":
        section = "Rollback";
        screen.print([
          "",
          style.title(`${style.marks.section}Rollback`),
          `     ${style.dim("why")}     ${inertText(event.why)}`,
        ]);
        break;
      case "response-started":
        screen.print([
          "",
          style.title(`${style.marks.section}Answer to ${numbers.numberOf(event.owner)}`),
          `     ${style.dim("why")}     ${inertText(event.why)}`,
        ]);
        break;
      case "hook-failed":
        screen.print([`     hook ${inertText(event.hook)} failed: ${inertText(event.message)}`]);
        break;
      case "stopped":
        screen.print([`${stopWords(event.message)} ${howToGoOn(facts.runId)}`]);
        break;
      default:
        break;
    }
  }

  function announceUndo(number: string, title: string, command: string | undefined): void {
    screen.print([`${style.title(`${number}  ${inertText(title)}`)}${style.marks.separator}${style.caution("WRITE")}`]);
    if (command !== undefined) screen.printCommand(command);
  }

  function writeFinished(event: FinishedEvent & { readonly at: string }): void {
    const step = facts.stepOf(event.step);
    const log = event.attempt > 0 && event.outcome === "failed" ? logPath(facts.runId, event) : undefined;
    screen.endOutput(event.step, log);
    if (event.outcome === "skipped" && event.attempt === 0 && step?.skipped !== undefined) return;
    const guard = [...facts.guards.values()].find(({ guard: { covers } }) => step && covers.includes(step.id));
    const watched = step?.action.kind === "wait" && guard ? samplesText(guard.rounds.at(-1)?.samples ?? []) : undefined;
    const parts = [
      `${markOf(event.outcome)} ${numbers.numberOf(event.step)} ${outcomeWord(event.outcome)}`,
      ...(event.seconds > 0 && event.outcome !== "skipped" ? [formatDuration(event.seconds)] : []),
      timeText(new Date(event.at)),
      ...(event.remark === undefined ? [] : [inertText(event.remark)]),
      ...(watched ? [watched] : []),
      ...(event.retryIn === undefined ? [] : [`again in ${formatDuration(event.retryIn)}`]),
    ];
    screen.print([parts.join("  "), ...(log === undefined ? [] : [`     ${style.dim("log")}     ${log}`]), ""]);
  }

  function markOf(outcome: FinishedEvent["outcome"]): string {
    const { marks } = style;
    if (outcome === "ok" || outcome === "overruled") return style.ok(marks.ok);
    if (outcome === "skipped" || outcome === "not-started") return marks.skipped;
    return outcome === "undone" ? style.caution(marks.undone) : style.failed(marks.failed);
  }

  return { write, announce };
}

function stopWords(message: string): string {
  return `Stopped: ${inertText(message)}. Nothing runs.`;
}

function howToGoOn(run: string): string {
  return `Goes on with: lockstep resume ${run}`;
}

function logPath(run: string, { step, attempt }: FinishedEvent): string {
  return `lockstep log ${run} ${step}${attempt > 1 ? ` (attempt ${attempt})` : ""}`;
}

interface Surrounding {
  /** "Phase 1: Prepare green", "1 Prepare"; undefined at the top. */
  readonly heading?: string;
  /** Cautions that stand right before the step. */
  readonly cautions: readonly string[];
}

/** For each step: the outermost section around it, and the cautions right before it. */
function surroundingsOf(blocks: readonly PlanBlock[]): ReadonlyMap<string, Surrounding> {
  const found = new Map<string, Surrounding>();
  let cautions: string[] = [];
  const visit = (block: PlanBlock, heading: string | undefined): void => {
    if (block.block === "caution") cautions.push(block.text);
    if (block.block === "step") {
      found.set((block satisfies PlanStep).id, { ...(heading === undefined ? {} : { heading }), cautions });
      cautions = [];
    }
    const inner = heading ?? (block.block === "section" ? `${block.number} ${block.title.text}` : undefined);
    for (const child of childrenOf(block)) visit(child, inner);
  };
  for (const block of blocks) visit(block, undefined);
  return found;
}
