import { foreground } from "./running-lines.ts";
import { onWords } from "./step-lines.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { undoable } from "./undo-words.ts";

/** What Ctrl-C does while something runs. */
export interface CtrlC {
  /** For the last line: what a first one does. */
  words(): string;
  /** What a second one within five seconds does; undefined while there was no first. */
  warning(): readonly string[] | undefined;
  press(): void;
  /** Another key was pressed. */
  forget(): void;
}

/** A second Ctrl-C within so many milliseconds means it. */
const sureWithin = 5000;

/** What it does now. */
type Rule =
  | { readonly kind: "leave"; readonly words: string }
  | {
      readonly kind: "end";
      readonly words: string;
      readonly keys: readonly string[];
      readonly warning: readonly string[];
    }
  | { readonly kind: "ask"; readonly words: string; readonly warning: readonly string[]; readonly then: () => void };

export function createCtrlC(ui: TerminalUi): CtrlC {
  const ended = new Set<string>();
  let pressedAt = Number.NEGATIVE_INFINITY;
  let said: readonly string[] = [];
  const isSure = (): boolean => performance.now() - pressedAt < sureWithin;

  function end(keys: readonly string[]): void {
    for (const key of keys) {
      ended.add(`${key} ${attemptOf(ui, key)}`);
      ui.run?.endStep(key);
    }
  }

  return {
    words: () => ruleOf(ui, ended, end).words,
    warning: () => (isSure() ? said : undefined),
    forget: () => {
      pressedAt = Number.NEGATIVE_INFINITY;
    },
    press() {
      const rule = ruleOf(ui, ended, end);
      const sure = isSure();
      pressedAt = performance.now();
      if (rule.kind === "leave") return ui.leave("SIGINT");
      said = rule.warning;
      if (rule.kind === "end") return end(rule.keys);
      if (!sure) return;
      pressedAt = Number.NEGATIVE_INFINITY;
      rule.then();
    },
  };
}

function ruleOf(ui: TerminalUi, ended: ReadonlySet<string>, end: (keys: readonly string[]) => void): Rule {
  const { facts } = ui;
  const running = foreground(ui);
  const keys = running.map(([key]) => key);
  const wasEnded = running.filter(([key]) => ended.has(`${key} ${attemptOf(ui, key)}`));
  if (wasEnded.length > 0)
    return {
      kind: "end",
      words: "Ctrl-C kills it",
      keys,
      warning: [`${numbers(wasEnded)} was told to end, and has 10s to do so. Ctrl-C again kills it.`],
    };
  if (facts.rollingBack)
    return {
      kind: "ask",
      words: "Ctrl-C asks first",
      warning: [
        "Ctrl-C again within 5s stops after the undo that runs now.",
        `lockstep rollback ${facts.runId} goes on with it then. Any other key goes on.`,
      ],
      then: () => ui.leave("SIGINT after the step"),
    };
  const writes = running.filter(([, { started }]) => started.effect !== "read" && !lasts(started.kind));
  if (writes.length > 0) {
    const [first] = writes;
    const step = first && facts.stepOf(first[0]);
    return {
      kind: "ask",
      words: "Ctrl-C asks first",
      warning: [
        `${numbers(writes)} ${writes.length === 1 ? "is" : "are"} changing ${step === undefined ? "something" : onWords(ui, step)}. Ended midway, its outcome is unknown;`,
        "waiting is safer. Ctrl-C again within 5s ends it. Any other key waits.",
      ],
      then: () => end(keys),
    };
  }
  const reads = running.filter(([, { started }]) => !lasts(started.kind));
  if (reads.length > 0)
    return {
      kind: "end",
      words: "Ctrl-C stops it",
      keys: reads.map(([key]) => key),
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

/** "Leave? Then nobody watches, what 3.2 changed stays, and the wait stands still." */
function leaveWords(ui: TerminalUi): readonly string[] {
  const [guard] = ui.facts.guards.values();
  const changed = undoable(ui).undone.filter(({ id }) => guard?.guard.covers.includes(id));
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

function attemptOf(ui: TerminalUi, key: string): number {
  return ui.facts.running.get(key)?.started.attempt ?? 0;
}
