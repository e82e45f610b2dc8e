import { longDuration } from "../../../renderers/page/words.ts";
import type { RunEvent, Sample, SampledEvent } from "../../../runners/events/run-event.ts";
import { foreground } from "../session/running-lines.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";
import { spokenSample } from "./sample-text.ts";

/** Where nothing is redrawn, says what a live region would show: once a minute, and at every change. */
export interface PlainVoice {
  hear(event: RunEvent): void;
  stop(): void;
}

const everySecond = 1000;

export function createPlainVoice(ui: TerminalUi): PlainVoice {
  const spoken = new Map<string, number>();
  const states = new Map<string, string>();
  const silent = ui.screen.mode !== "plain";
  const timer = silent ? undefined : setInterval(sayRunning, everySecond).unref();

  /** Of what takes longer than a minute, each minute. */
  function sayRunning(): void {
    for (const [, { started, since }] of foreground(ui)) {
      const minutes = Math.floor((performance.now() - since) / 60_000);
      const key = `${started.step} ${started.attempt}`;
      if (started.kind === "wait" || started.kind === "gate" || minutes <= (spoken.get(key) ?? 0)) continue;
      spoken.set(key, minutes);
      ui.screen.print([`Step ${started.number} running for ${longDuration(minutes * 60)}.`]);
    }
  }

  function sayWait(key: string): void {
    const wait = ui.facts.waits.get(key);
    const started = ui.facts.running.get(key)?.started;
    if (wait === undefined || started === undefined) return;
    const minutes = Math.ceil(wait.remaining / 60);
    const name = `${key} ${started.attempt}`;
    if (spoken.get(name) === minutes) return;
    const isFirst = !spoken.has(name);
    spoken.set(name, minutes);
    const left = isFirst ? Math.ceil(wait.remaining) : minutes * 60;
    const samples = wait.looks.at(-1)?.samples ?? [];
    ui.screen.print([
      [
        `Step ${started.number}: ${longDuration(left)} left.`,
        ...(samples.length === 0 ? [] : [`${sentenceOf(stateOf(samples))} ${samples.map(spokenSample).join(". ")}.`]),
      ].join(" "),
    ]);
  }

  /** An alert that does not trip yet, or that is over; a number that is missing, or there again. */
  function sayChange({ guard, gate, samples }: SampledEvent): void {
    const from = guard ?? gate ?? "";
    const state = stateOf(samples);
    const before = states.get(from);
    states.set(from, state);
    if (before === undefined ? state === "no alert" : before === state) return;
    const told = samples.filter(({ bad, value }) => bad || value === undefined);
    const numbers = (told.length > 0 ? told : samples).map(spokenSample).join(". ");
    ui.screen.print([`Guard: ${state}. ${numbers}.`]);
  }

  return {
    hear(event) {
      if (silent) return;
      if (event.type === "tick") sayWait(event.step);
      if (event.type === "sampled") sayChange(event);
    },
    stop: () => clearInterval(timer),
  };
}

function stateOf(samples: readonly Sample[]): string {
  if (samples.some(({ bad }) => bad)) return "ALERT";
  return samples.some(({ value }) => value === undefined) ? "no number" : "no alert";
}

function sentenceOf(state: string): string {
  return `${state.charAt(0).toUpperCase()}${state.slice(1)}.`;
}
