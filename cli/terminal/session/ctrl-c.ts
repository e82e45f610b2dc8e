import { afterTheStep } from "../../../runners/engine/interruption.ts";
import { attemptKey, type Before, type Deeds, type Rule, ruleOf } from "./ctrl-c-rule.ts";
import type { TerminalUi } from "./terminal-ui.ts";

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

export function createCtrlC(ui: TerminalUi): CtrlC {
  const ended = new Set<string>();
  let rollback: Before["rollback"] = "goes on";
  let pressedAt = Number.NEGATIVE_INFINITY;
  let said: readonly string[] = [];
  const isSure = (): boolean => performance.now() - pressedAt < sureWithin;
  const rule = (): Rule => ruleOf(ui, { ended, rollback }, deeds);
  const deeds: Deeds = {
    end(keys) {
      for (const key of keys) {
        ended.add(attemptKey(ui, key));
        ui.run?.endStep(key);
      }
    },
    stopRollback(how) {
      rollback = how;
      ui.leave(how === "stops after the undo" ? afterTheStep : "SIGINT");
    },
  };

  return {
    words: () => rule().words,
    warning: () => (isSure() ? said : undefined),
    forget: () => {
      pressedAt = Number.NEGATIVE_INFINITY;
    },
    press() {
      const now = rule();
      const sure = isSure();
      pressedAt = performance.now();
      if (now.kind === "leave") return ui.leave("SIGINT");
      said = now.warning;
      if (now.kind === "end") return now.end();
      if (!sure) return;
      pressedAt = Number.NEGATIVE_INFINITY;
      now.then();
    },
  };
}
