import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { guardTable, waitLine } from "./guard-lines.ts";
import { askTyped, type MenuEntry } from "./menu.ts";
import type { RunningStep } from "./session-facts.ts";
import { openLog } from "./step-log.ts";
import type { TerminalUi } from "./terminal-ui.ts";

/** What stands in the live region while nobody is asked: what runs, what is waited for, and the keys meanwhile. */
export interface RunningView {
  /** Gives the keyboard to a question; calling the result takes it back. */
  pause(): Promise<() => void>;
  stop(): Promise<void>;
}

/** A second Ctrl-C within so many milliseconds means it. */
const sureWithin = 5000;

export function createRunningView(ui: TerminalUi): RunningView {
  let paused = 0;
  let over = false;
  let interruptedAt = Number.NEGATIVE_INFINITY;
  let message: string | undefined;
  let turn = new AbortController();
  let loop = listen();

  async function listen(): Promise<void> {
    while (!over && paused === 0) {
      draw();
      const answer = await ui.keys.readKey({
        keys: entries(ui),
        question: "same",
        signal: turn.signal,
        onRefused: () => draw(),
      });
      if ("left" in answer) {
        if (answer.left === "ctrl-c") onCtrlC();
        else if (answer.left === "gone") return ui.leave("SIGHUP");
        else return;
      } else await onKey(answer.key);
    }
  }

  function draw(): void {
    const warning = performance.now() - interruptedAt < sureWithin ? message : undefined;
    ui.show({ body: () => bodyLines(ui), message: warning, foot: [footLine(ui)] });
  }

  async function onKey(key: string): Promise<void> {
    message = undefined;
    const [current] = foreground(ui);
    if (key === "o" && current) return openLog(ui, current[0]);
    if (key === "n") {
      const text = await askTyped(
        ui,
        { say: ["A note, for the record. Esc: none."], body: () => bodyLines(ui) },
        turn.signal,
      );
      if (typeof text === "string") await ui.run?.note(text, current?.[0]);
    }
    if (key === "b") {
      const say = ["To undo what ran since the guard began, type rollback and Enter. Esc: no. It goes on meanwhile."];
      const word = await askTyped(ui, { say, expected: ["rollback"], body: () => bodyLines(ui) }, turn.signal);
      if (word === "rollback") ui.run?.rollBack();
    }
  }

  function onCtrlC(): void {
    const sure = performance.now() - interruptedAt < sureWithin;
    interruptedAt = performance.now();
    const [current] = foreground(ui);
    if (!current) return ui.leave("SIGINT");
    const [key, { started }] = current;
    const step = ui.facts.stepOf(key);
    if (ui.facts.rollingBack) {
      if (sure) return ui.leave("SIGINT after the step");
      message = "Ctrl-C again within 5s stops after the undo that runs now.";
    } else if (started.kind === "wait" || started.kind === "gate") {
      if (sure || (step?.guards.length ?? 0) === 0) return ui.leave("SIGINT");
      message =
        "Leave? Then nobody watches, what ran since the guard stays, and the wait stands still. Ctrl-C again within 5s leaves.";
    } else if (started.effect === "read") return ui.run?.endStep(key);
    else if (sure) return ui.run?.endStep(key);
    else
      message = `${started.number} is changing ${step?.on.text ?? "something"}. Ended midway, its outcome is unknown; waiting is safer. Ctrl-C again within 5s ends it.`;
    draw();
  }

  return {
    pause: async () => {
      paused += 1;
      turn.abort();
      await loop;
      return () => {
        paused -= 1;
        if (paused > 0 || over) return;
        turn = new AbortController();
        loop = listen();
      };
    },
    stop: async () => {
      over = true;
      turn.abort();
      await loop;
      ui.screen.setLive([]);
    },
  };
}

/** What runs and holds up the run; background steps that are ready do not. */
function foreground({ facts }: TerminalUi): [string, RunningStep][] {
  return [...facts.running].filter(([, { ready }]) => !ready);
}

function entries(ui: TerminalUi): readonly Pick<MenuEntry, "key" | "word">[] {
  const guarded = ui.facts.guards.size > 0 && !ui.facts.rollingBack;
  return [
    { key: "o", word: "output" },
    { key: "n", word: "note" },
    ...(guarded ? [{ key: "b", word: "roll back" }] : []),
  ];
}

function footLine(ui: TerminalUi): string {
  const { style } = ui.screen;
  const keys = entries(ui).map(({ key, word }) => `${style.key(key)} ${word}`);
  return [...keys, ctrlCWords(ui)].join(style.marks.menuSeparator);
}

function ctrlCWords(ui: TerminalUi): string {
  const [current] = foreground(ui);
  if (!current) return "Ctrl-C stops the run";
  const [key, { started }] = current;
  if (ui.facts.rollingBack) return "Ctrl-C asks first";
  const guarded = (ui.facts.stepOf(key)?.guards.length ?? 0) > 0;
  if (started.kind === "wait" || started.kind === "gate")
    return guarded ? "Ctrl-C asks first: nobody would watch" : "Ctrl-C leaves";
  return started.effect === "read" ? "Ctrl-C stops it" : "Ctrl-C asks first";
}

function bodyLines(ui: TerminalUi): readonly string[] {
  const { facts, screen } = ui;
  const ready = [...facts.running].filter(([, step]) => step.ready).map(([, { started }]) => started.number);
  const lines = foreground(ui).flatMap(([key, { started, since }]) => {
    const wait = facts.remaining.get(key);
    if (wait) return [waitLine(wait), ...guardTable(ui, key)];
    return [`${started.number} running ${formatDuration(Math.round((performance.now() - since) / 1000))}`];
  });
  return [...(ready.length > 0 ? [screen.style.dim(`in the background: ${ready.join(", ")}`)] : []), ...lines];
}
