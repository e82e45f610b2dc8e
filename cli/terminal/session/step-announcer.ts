import type { PlanStep } from "../../../dsl/plan/plan.ts";
import { indexSteps } from "../../history/step-numbers.ts";
import { inertText } from "../../output/inert-text.ts";
import { sentence } from "./fact-line.ts";
import { stepHead } from "./step-lines.ts";
import { type Notice, surroundingsOf } from "./step-surroundings.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** Writes what stands before a step: its section, its cautions, its head and its command. Each is written once. */
export interface StepAnnouncer {
  /** The section and the cautions. True if there is a caution that was not shown before. */
  warn(key: string): boolean;
  /**
   * @param state Says that its last attempt is asked about, and how it stands.
   * @returns Whether it was not written before.
   */
  announce(key: string, title: string, command: string | undefined, state?: string): boolean;
  /** Another heading than that of a section: what is answered or undone. */
  enter(heading: string): void;
}

export function createStepAnnouncer(ui: TerminalUi): StepAnnouncer {
  const { screen, facts, plan } = ui;
  const { style, mode } = screen;
  const surroundings = surroundingsOf(plan);
  const numbers = indexSteps(plan);
  const warned = new Set<string>();
  const announced = new Set<string>();
  let section: string | undefined;

  function enter(heading: string): void {
    if (heading === section) return;
    section = heading;
    const shown = inertText(heading);
    screen.print([mode === "plain" ? sentence(shown) : style.title(`${style.marks.section}${shown}`)]);
  }

  function warn(key: string): boolean {
    const step = facts.stepOf(key);
    if (!step || warned.has(key)) return false;
    warned.add(key);
    const { heading, notices = [] } = surroundings.get(step.id) ?? {};
    if (heading !== undefined) enter(heading);
    const all = [...notices, ...finality(step)];
    for (const notice of all) printNotice(notice);
    return all.some(({ kind }) => kind === "caution");
  }

  function announce(key: string, title: string, command: string | undefined, state?: string): boolean {
    const attempt = attemptOf(key, state !== undefined);
    const step = facts.stepOf(key);
    if (!step || announced.has(`${key} ${attempt}`)) return false;
    announced.add(`${key} ${attempt}`);
    const isUndo = key.startsWith("undo:");
    if (!isUndo) warn(key);
    const { retryIn } = facts;
    if (retryIn.has(key) && attempt > 1) {
      screen.print([againText(step, attempt)]);
      return true;
    }
    const shown: PlanStep = isUndo ? { ...step, id: key, number: numbers.numberOf(key), undo: { kind: "none" } } : step;
    screen.print(stepHead(ui, shown, title, state ?? (attempt > 1 ? `attempt ${attempt}` : undefined)));
    if (command !== undefined && command !== "") screen.printCommand(command);
    return true;
  }

  function printNotice({ kind, text }: Notice): void {
    const shown = inertText(text);
    const bar = style.marks.cautionBar;
    if (mode === "plain") screen.print([`${kind === "caution" ? "Caution" : "Note"}: ${sentence(shown)}`]);
    else if (kind === "caution") screen.print([{ text: style.caution(`${bar}CAUTION  ${shown}`), hang: bar }, ""]);
    else screen.print([{ text: `${style.dim("Note")}  ${shown}`, hang: 6 }, ""]);
  }

  /** The attempt that comes next, or runs; or the last. */
  function attemptOf(key: string, last: boolean): number {
    const begun = facts.attempts.filter(({ step }) => step === key).length;
    return last || facts.running.has(key) ? Math.max(1, begun) : begun + 1;
  }

  function againText({ number, retry }: PlanStep, attempt: number): string {
    const of = retry === undefined ? "" : ` of ${retry.attempts}`;
    return mode === "plain"
      ? `Step ${number}, attempt ${attempt}${of}.`
      : `${style.title(number)}  attempt ${attempt}${of}`;
  }

  return { warn, announce, enter };
}

function finality({ number, undo }: PlanStep): Notice[] {
  return undo.kind === "irreversible"
    ? [{ kind: "caution", text: sentence(`${number} cannot be undone: ${undo.reason}`) }]
    : [];
}
