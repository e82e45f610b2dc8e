import { foreground } from "./running-lines.ts";
import { onWords } from "./step-lines.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { undoable } from "./undo-words.ts";

/** What it does now. */
export type Rule =
  | { readonly kind: "leave"; readonly words: string }
  | {
      readonly kind: "end";
      readonly words: string;
      end(): void;
      readonly warning: readonly string[];
    }
  | { readonly kind: "ask"; readonly words: string; readonly warning: readonly string[]; readonly then: () => void };

/** What earlier ones brought about. */
export interface Before {
  /** Attempts that were told to end, by {@link attemptKey}. */
  readonly ended: ReadonlySet<string>;
  /** A rollback stops after the undo that runs now, or that undo was told to end. */
  readonly rollback: "goes on" | "stops after the undo" | "ends the undo";
}

/** What a press can do. */
export interface Deeds {
  end(keys: readonly string[]): void;
  stopRollback(how: Before["rollback"]): void;
}

/** What Ctrl-C does, by what runs now and what earlier ones brought about. */
export function ruleOf(ui: TerminalUi, before: Before, deeds: Deeds): Rule {
  const { facts } = ui;
  const running = foreground(ui);
  const wasEnded = running.filter(([key]) => before.ended.has(attemptKey(ui, key)));
  if (wasEnded.length > 0)
    return {
      kind: "end",
      words: "Ctrl-C kills it",
      end: () => deeds.end(wasEnded.map(([key]) => key)),
      warning: [`${numbers(wasEnded)} was told to end, and has 10s to do so. Ctrl-C again kills it.`],
    };
  if (facts.rollingBack) return rollbackRule(ui, before, deeds);
  const writes = running.filter(([, { started }]) => started.effect !== "read" && !lasts(started.kind));
  if (writes.length > 0)
    return {
      kind: "ask",
      words: "Ctrl-C asks first",
      warning: midwayWords(ui, writes),
      then: () => deeds.end(running.map(([key]) => key)),
    };
  const reads = running.filter(([, { started }]) => !lasts(started.kind));
  if (reads.length > 0)
    return {
      kind: "end",
      words: "Ctrl-C stops it",
      end: () => deeds.end(reads.map(([key]) => key)),
      warning: [`${numbers(reads)} is told to end, and has 10s to do so. Ctrl-C again kills it.`],
    };
  if (facts.guards.size === 0)
    return { kind: "leave", words: running.length === 0 ? "Ctrl-C leaves" : "Ctrl-C leaves; what remains is kept" };
  return {
    kind: "ask",
    words: "Ctrl-C asks first: nobody would watch",
    warning: leaveWords(ui),
    then: () => ui.leave("SIGINT"),
  };
}

/** The undo that runs is ended only by who asks for that once more; it may not be repeatable. */
function rollbackRule(ui: TerminalUi, { rollback }: Before, { stopRollback }: Deeds): Rule {
  const running = foreground(ui);
  if (rollback === "ends the undo")
    return {
      kind: "end",
      words: "Ctrl-C kills it",
      end: () => stopRollback("ends the undo"),
      warning: [`${numbers(running)} was told to end, and has 10s to do so. Ctrl-C again kills it.`],
    };
  if (rollback === "stops after the undo")
    return {
      kind: "ask",
      words: "stops then; Ctrl-C asks first",
      warning: midwayWords(ui, running),
      then: () => stopRollback("ends the undo"),
    };
  return {
    kind: "ask",
    words: "Ctrl-C asks first",
    warning: [
      "Ctrl-C again within 5s stops after the undo that runs now.",
      `lockstep rollback ${ui.facts.runId} goes on with it then. Any other key goes on.`,
    ],
    then: () => stopRollback("stops after the undo"),
  };
}

/** "3.2 is changing prod-eu. Ended midway, its outcome is unknown; waiting is safer." */
function midwayWords(ui: TerminalUi, steps: ReturnType<typeof foreground>): readonly string[] {
  const places = new Set(steps.map(([key]) => placeOf(ui, key)));
  const [are, its, it] = steps.length === 1 ? ["is", "its", "it"] : ["are", "their", "them"];
  return [
    `${numbers(steps)} ${are} changing ${[...places].join(" and ")}. Ended midway, ${its} outcome is unknown;`,
    `waiting is safer. Ctrl-C again within 5s ends ${it}. Any other key waits.`,
  ];
}

function placeOf(ui: TerminalUi, key: string): string {
  const step = ui.facts.stepOf(key);
  return step === undefined ? "something" : onWords(ui, step);
}

/** "Leave? Then nobody watches, what 3.2 changed stays, and the wait stands still." */
function leaveWords(ui: TerminalUi): readonly string[] {
  const covered = [...ui.facts.guards.values()].flatMap(({ guard }) => guard.covers);
  const changed = undoable(ui).undone.filter(({ id }) => covered.includes(id));
  const what =
    changed.length === 0
      ? ""
      : `, what ${changed
          .map(({ number }) => number)
          .reverse()
          .join(", ")} changed stays`;
  const waits = foreground(ui).length > 0 ? ", and the wait stands still" : "";
  return [`Leave? Then nobody watches${what}${waits}.`, "Ctrl-C again within 5s leaves. Any other key stays."];
}

/** Lets time pass, and has no process that could be ended midway. */
function lasts(kind: string): boolean {
  return kind === "wait" || kind === "gate";
}

function numbers(steps: ReturnType<typeof foreground>): string {
  return steps.map(([, { started }]) => started.number).join(", ");
}

/** Tells an attempt from the next one of the same step. */
export function attemptKey({ facts }: TerminalUi, key: string): string {
  return `${key} ${facts.running.get(key)?.started.attempt ?? 0}`;
}
