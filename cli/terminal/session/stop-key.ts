import type { TerminalUi } from "./terminal-ui.ts";

/** What Ctrl-Z does. */
export interface StopKey {
  press(): void;
}

/** While it is held down it speaks once. */
const quiet = 2000;

/** Ctrl-Z stops lockstep only while nothing needs it: a step would end unseen, a guard would not watch. */
export function createStopKey(ui: TerminalUi): StopKey {
  let spoke = Number.NEGATIVE_INFINITY;
  return {
    press() {
      const why = reasonAgainst(ui);
      if (why === undefined) return void ui.screen.stopProcess();
      if (performance.now() - spoke < quiet) return;
      spoke = performance.now();
      ui.screen.print([`Ctrl-Z does nothing now: ${why}`]);
    },
  };
}

function reasonAgainst({ facts }: TerminalUi): string | undefined {
  if (facts.guards.size > 0) return "a guard watches, and it would watch no longer.";
  const runs = [...facts.running].find(
    ([key]) => facts.stepOf(key)?.execution !== "person" && !facts.askedGates.has(key),
  );
  return runs && `${runs[1].started.number} runs, and nobody would see how it ends.`;
}
