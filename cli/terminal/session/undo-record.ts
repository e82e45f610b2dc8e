import { upperFirst } from "../../../renderers/page/words.ts";
import type {
  FinishedEvent,
  RollbackStartedEvent,
  StartedEvent,
  StoppedEvent,
} from "../../../runners/events/run-event.ts";
import { baseId, indexSteps } from "../../history/step-numbers.ts";
import { shownEffect } from "../../output/effect-word.ts";
import { inertText } from "../../output/inert-text.ts";
import { partsOf } from "../../output/plan-parts.ts";
import { rangeText } from "../../output/range-text.ts";
import type { Line } from "../screen/screen.ts";
import { endLines, withoutWords } from "./end-line.ts";
import { factLine } from "./fact-line.ts";
import { logPath } from "./log-path.ts";
import { onWords } from "./step-lines.ts";
import { surroundingsOf } from "./step-surroundings.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { guardUndoes, undoTitle } from "./undo-words.ts";

type At<T> = T & { readonly at: string };

/** Writes what a rollback does, action by action. */
export interface UndoRecord {
  started(event: At<StartedEvent>): void;
  /** The end of an action, or of all that a step needed. */
  finished(event: At<FinishedEvent>): void;
  /** A rollback that did not come to its end, and how to go on. */
  failed(event: At<StoppedEvent>): void;
}

export function createUndoRecord(ui: TerminalUi): UndoRecord {
  const { screen, facts, plan } = ui;
  const { style, mode } = screen;
  const numbers = indexSteps(plan);
  /** The steps whose undo began here, and what ran last. */
  const began = new Set<string>();
  let last: At<StartedEvent> | undefined;

  return {
    started(event) {
      const owner = baseId(event.step);
      if (last?.number !== event.number) screen.print(headLines(event));
      began.add(owner);
      last = event;
      if (event.command !== undefined) screen.printCommand(event.command);
    },
    finished(event) {
      const { step: key, outcome, at } = event;
      if (!key.startsWith("undo:")) return screen.print([...endLines(ui, numbers.numberOf(key), undone(event)), ""]);
      const log = logPath(facts.runId, event);
      screen.endOutput(key, log);
      if (outcome === "ok") return facts.stepOf(key) === undefined ? sectionUndone(event) : undefined;
      const number = last?.step === key ? last.number : numbers.numberOf(key);
      screen.print([
        ...endLines(ui, number, withoutWords({ ...event, at })),
        ...(outcome === "failed" && log !== undefined ? [factLine(ui, "log", log)] : []),
        "",
      ]);
    },
    failed({ message }) {
      const { notices = [] } = last === undefined ? {} : (surroundingsOf(plan).get(baseId(last.step)) ?? {});
      const cautions = notices.filter(({ kind }) => kind === "caution").map(({ text }) => inertText(text));
      const number = last?.number ?? "the rollback";
      const log = last === undefined ? undefined : logPath(facts.runId, last);
      const bar = style.marks.cautionBar;
      if (mode === "plain")
        return screen.print([
          `NOT ROLLED BACK: ${upperFirst(number)} failed.`,
          ...cautions.map((text) => `Caution: ${text}`),
        ]);
      screen.print([
        style.failed(`${style.marks.failed} NOT ROLLED BACK: ${upperFirst(number)} failed.`),
        ...cautions.map((text): Line => ({ text: style.caution(`${bar}CAUTION  ${text}`), hang: bar })),
      ]);
      if (last?.command !== undefined) screen.printCommand(last.command);
      screen.print([
        log === undefined ? factLine(ui, "why", message) : factLine(ui, "log", log),
        factLine(ui, "again", `lockstep rollback ${facts.runId}`),
        "",
      ]);
    },
  };

  function headLines({ step: key, number, title, effect }: StartedEvent): Line[] {
    const step = facts.stepOf(key);
    const shown = inertText(upperFirst(undoTitle(plan, baseId(key), title) ?? title));
    const on = step === undefined ? undefined : onWords(ui, step);
    if (mode === "plain") return [`${number}: ${shown}. ${upperFirst(effect)}${on === undefined ? "" : `, on ${on}`}.`];
    const head = [style.title(`${number}  ${shown}`), shownEffect(effect, style.caution)].join(style.marks.separator);
    return [{ text: head, hang: number.length + 2 }, ...(on === undefined ? [] : [factLine(ui, "on", on)])];
  }

  /** A step says itself that it is undone; what undoes a section has nobody to say so, once all of it is done. */
  function sectionUndone(event: At<FinishedEvent>): void {
    const covered = [...facts.began.values()].filter(
      ({ undo }) => undo?.kind === "actions" && undo.actions.at(-1)?.id === event.step,
    );
    if (covered.length === 0) return;
    screen.print([...endLines(ui, rangeText(covered), { ...event, outcome: "undone" }), ""]);
  }

  /** The title of what undid it stands above already. */
  function undone(event: At<FinishedEvent>): At<FinishedEvent> {
    const { remark: _title, ...rest } = event;
    return began.has(event.step) ? rest : event;
  }
}

/** "Undo Phase 3", or what is undone where sections have no names. */
export function undoHeading({ plan }: TerminalUi, { scope, guard, steps }: RollbackStartedEvent): string {
  if (scope === "since-guard" && guard !== undefined) return `Undo ${guardUndoes(plan, guard)}`;
  const parts = partsOf(plan).filter((part) => part.steps.some(({ id }) => steps.some((key) => baseId(key) === id)));
  const [only] = parts;
  return parts.length === 1 && only?.name !== undefined ? `Undo ${only.name}` : "Undo what ran";
}
