import { readConsole } from "../../output/runbook-console.ts";
import { createLiveScreen } from "./live-screen.ts";
import { createPlainScreen } from "./plain-screen.ts";
import type { Screen, ScreenOptions } from "./screen.ts";
import { readFeatures } from "./terminal-features.ts";

/** Opens the terminal for writing. Whoever opens it closes it; the end of the process closes it too. */
export function createScreen(options: ScreenOptions): Screen {
  const features = readFeatures(options);
  const open = features.plain ? createPlainScreen : createLiveScreen;
  const screen = open(options.stderr, features);
  const giveConsoleBack = readConsole((text) => printAsOutput(screen, text));
  const { close } = screen;
  screen.close = () => {
    giveConsoleBack();
    close();
  };
  process.once("exit", screen.close);
  return screen;
}

/** As output, so that it cannot pass for a line of lockstep; each line for itself, since no log keeps what is left out. */
function printAsOutput(screen: Screen, text: string): void {
  for (const line of text.replace(/\n$/, "").split("\n")) {
    screen.output("console", `${line}\n`);
    screen.endOutput("console");
  }
}
