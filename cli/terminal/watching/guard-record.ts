import { formatDuration } from "../../../dsl/values/format-duration.ts";
import { longDuration } from "../../../renderers/page/words.ts";
import type { GuardStateEvent, SampledEvent } from "../../../runners/events/run-event.ts";
import { timeText } from "../../output/clock-text.ts";
import { inertText } from "../../output/inert-text.ts";
import { factLine, sentence } from "../session/fact-line.ts";
import { startPlace } from "../session/start-screen.ts";
import type { TerminalUi } from "../session/terminal-ui.ts";

type At<T> = T & { readonly at: string };

/** Writes what becomes of a guard, but for a trip. */
export interface GuardRecord {
  /** It is blind, sees again, was armed, or did not watch for a while. */
  changed(event: At<GuardStateEvent>): void;
  /** The first sample after a time in which nobody watched is told. */
  sampled(event: At<SampledEvent>): void;
}

export function createGuardRecord(ui: TerminalUi): GuardRecord {
  const { screen } = ui;
  const { style, mode } = screen;
  const begun = ui.facts.attempts.length;
  const gaps = new Map<string, number>();

  function fact(text: string): void {
    // before anything runs again it stands as the facts of the start do
    const isFirst =
      ui.facts.attempts.length === begun && [...ui.facts.running.values()].every(({ started }) => started.background);
    const line = isFirst ? factLine(ui, "guard", text, startPlace) : factLine(ui, "guard", text);
    screen.print([mode === "plain" ? sentence(`The guard ${text}`) : line, ...(isFirst ? [""] : [])]);
  }

  return {
    changed({ type, guard, why, by, seconds, at }) {
      const time = timeText(new Date(at));
      const reason = inertText(why ?? guard);
      if (type === "guard-gap") gaps.set(guard, seconds ?? 0);
      if (type === "guard-sees") fact(`sees again, ${time}`);
      if (type === "guard-armed") fact(`watches on, says ${inertText(by?.user ?? "nobody")}: ${reason}`);
      if (type !== "guard-blind") return;
      screen.interject(`GUARD BLIND: ${reason}. Nothing new starts.`);
      if (mode === "plain") return screen.print([`Guard BLIND: ${reason}, at ${time}. Nothing new starts.`]);
      screen.print([{ text: `${style.caution(`${style.marks.failed} GUARD BLIND: ${reason}`)}  ${time}`, hang: 2 }]);
    },
    sampled({ guard = "", samples, at }) {
      const seconds = gaps.get(guard);
      if (seconds === undefined) return;
      gaps.delete(guard);
      const word = samples.some(({ bad }) => bad)
        ? "ALERT"
        : samples.some(({ value }) => value === undefined)
          ? "no number"
          : "no alert";
      const long = mode === "plain" ? longDuration(Math.round(seconds)) : formatDuration(seconds);
      fact(`did not watch for ${long}; first sample ${timeText(new Date(at))}, ${word}`);
    },
  };
}
