import { formatDuration } from "../../../dsl/values/format-duration.ts";
import type { MenuKey, Refusal } from "../keys/keys.ts";
import { textWidth, wrapLine } from "../screen/wrap-line.ts";
import { waitLines } from "../watching/wait-view.ts";
import { type CtrlC, createCtrlC } from "./ctrl-c.ts";
import { joinRows } from "./menu-lines.ts";
import { listenInPlain } from "./plain-listener.ts";
import { foreground, runningLines, runningText } from "./running-lines.ts";
import { openLog } from "./step-log.ts";
import type { TerminalUi } from "./terminal-ui.ts";
import { askTyped } from "./typed-line.ts";
import { openGuard, undoable } from "./undo-words.ts";

/** What stands in the live region while nobody is asked: what runs, what is waited for, and the keys meanwhile. */
export interface RunningView {
  /** Gives the keyboard to a question; calling the result takes it back. */
  pause(): Promise<() => void>;
  stop(): Promise<void>;
}

export function createRunningView(ui: TerminalUi): RunningView {
  const ctrlC = createCtrlC(ui);
  let paused = 0;
  let over = false;
  let message: string | undefined;
  let turn = new AbortController();
  let loop = listen();

  async function listen(): Promise<void> {
    while (!over && paused === 0) {
      draw();
      const answer =
        ui.screen.mode === "plain" ? await listenInPlain(ui, () => keysOf(ui), ctrlC, turn.signal) : await readKey();
      if ("key" in answer) await onKey(answer.key);
      else if (answer.left === "ctrl-c") onCtrlC();
      else if (answer.left === "gone") return ui.leave("SIGHUP");
      else return;
    }
  }

  function readKey(): ReturnType<TerminalUi["keys"]["readKey"]> {
    // all of them: what is on offer changes while it listens
    return ui.keys.readKey({ keys: everyKey, question: "same", signal: turn.signal, onRefused });
  }

  function onRefused(refusal: Refusal): void {
    // a Ctrl-C that came too soon takes nothing back
    if (refusal.why !== "held") ctrlC.forget();
    message = refusal.why === "unlisted" ? undefined : refusal.say;
    draw("key");
  }

  function draw(cause: "key" | "other" = "other"): void {
    const foot = (): readonly string[] =>
      ctrlC.warning()?.flatMap((line) => wrapLine(line, ui.screen.columns)) ?? footLines(ui, ctrlC);
    ui.show({ body: (room) => bodyLines(ui, room), showsWaits: true, message, foot }, cause);
  }

  async function onKey(key: string): Promise<void> {
    message = undefined;
    ctrlC.forget();
    const [current] = foreground(ui);
    if (!keysOf(ui).some((offered) => offered.key === key)) return;
    if (key === "o" && current) return openLog(ui, current[0]);
    const body = (room: number): readonly string[] => bodyLines(ui, room);
    if (key === "n") {
      const text = await askTyped(
        ui,
        { say: ["A note, for the record. Esc: none."], body, showsWaits: true },
        turn.signal,
      );
      if (typeof text === "string") await ui.run?.note(text, current?.[0]);
    }
    if (key === "b") {
      const say = [rollbackWords(ui)];
      const word = await askTyped(ui, { say, expected: ["rollback"], body, showsWaits: true }, turn.signal);
      if (word === "rollback") ui.run?.rollBack();
    }
  }

  function onCtrlC(): void {
    message = undefined;
    ctrlC.press();
    if (ui.screen.mode === "plain") ui.screen.print(ctrlC.warning() ?? []);
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

const noteKey = { key: "n", word: "note" };
const outputKey = { key: "o", word: "output" };
const backKey = { key: "b", word: "roll back" };
const everyKey: readonly MenuKey[] = [outputKey, noteKey, backKey];

/** What can be pressed now: a wait prints nothing, and going back needs something to undo. */
function keysOf(ui: TerminalUi): readonly { readonly key: string; readonly word: string }[] {
  const prints = foreground(ui).some(([, { started }]) => started.kind !== "wait" && started.kind !== "gate");
  return [...(prints ? [outputKey] : []), noteKey, ...(mayGoBack(ui) ? [backKey] : [])];
}

/** While a guard watches, and something ran in its range that going back would undo. */
function mayGoBack(ui: TerminalUi): boolean {
  const { facts } = ui;
  if (facts.rollingBack || facts.trip !== undefined || facts.guards.size === 0) return false;
  const covered = [...facts.guards.values()].flatMap(({ guard }) => guard.covers);
  const running = foreground(ui).some(
    ([key, { started }]) => started.effect !== "read" && facts.stepOf(key)?.undo.kind === "actions",
  );
  return running || undoable(ui).undone.some(({ id }) => covered.includes(id));
}

function footLines(ui: TerminalUi, ctrlC: CtrlC): readonly string[] {
  const { style, columns } = ui.screen;
  const keys = keysOf(ui).map(({ key, word }) => `${style.key(key)} ${word}`);
  const [only, ...others] = foreground(ui);
  const { kind } = only?.[1].started ?? {};
  const lead =
    only !== undefined && others.length === 0 && kind !== "wait" && kind !== "gate" ? [runningText(only[1])] : [];
  return joinRows([...lead, ...keys, ctrlC.words()], style.marks.menuSeparator, textWidth(columns));
}

function bodyLines(ui: TerminalUi, room: number): readonly string[] {
  const { facts } = ui;
  const waiting = waitLines(ui, room);
  const lines = runningLines(ui);
  const again =
    foreground(ui).length > 0 ? [] : [...facts.retryIn].map(([key, seconds]) => retryText(ui, key, seconds));
  const trip =
    facts.trip !== undefined && !facts.rollingBack && lines.length > 0
      ? ["The guard has tripped; nothing new starts."]
      : [];
  return [...trip, ...lines, ...again, ...waiting];
}

function retryText({ facts }: TerminalUi, key: string, seconds: number): string {
  const left = Date.parse(facts.ended.get(key) ?? "") + seconds * 1000 - Date.now();
  const number = facts.stepOf(key)?.number ?? key;
  return left > 0 ? `${number} runs again in ${formatDuration(Math.ceil(left / 1000))}` : `${number} runs again`;
}

function rollbackWords(ui: TerminalUi): string {
  const [current] = foreground(ui);
  const [first] = ui.facts.guards.values();
  const guard = (current && openGuard(ui.facts, current[0])) ?? first?.guard;
  const goesOn = current === undefined ? "" : ` ${current[1].started.number} goes on meanwhile.`;
  return `To undo what ran since ${guard?.from?.number ?? "the guard began"}, type rollback and Enter. Esc: no.${goesOn}`;
}
